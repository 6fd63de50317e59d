// watchPage runs in the page before its own code: it notes when frames of the live line come and when the GPU has
// drawn them, and what WebGL keeps.
export function watchPage() {
  const kept = new Map() // bytes by buffer
  const textures = new Set()
  const bound = new Map() // buffer by target
  const gl = WebGL2RenderingContext.prototype
  const wrap = (name, after) => {
    const original = gl[name]
    gl[name] = function (...args) {
      const result = original.apply(this, args)
      after(args, result)
      return result
    }
  }
  wrap('bindBuffer', ([target, buffer]) => bound.set(target, buffer))
  wrap('bufferData', ([target, data]) =>
    kept.set(bound.get(target), typeof data === 'number' ? data : data.byteLength),
  )
  wrap('deleteBuffer', ([buffer]) => kept.delete(buffer))
  wrap('createTexture', (_, texture) => textures.add(texture))
  wrap('deleteTexture', ([texture]) => textures.delete(texture))

  let received = 0
  let late = null // ms until the frame is handed to the GPU and until that has drawn it, while they are measured
  let came = 0
  const Plain = window.WebSocket
  window.WebSocket = class extends Plain {
    constructor(...args) {
      super(...args)
      this.addEventListener('message', ({ data }) => {
        if (typeof data === 'string') return
        received++
        came = performance.now()
      })
    }
  }

  function drawn() {
    if (!late || came === 0) return
    const at = came
    came = 0
    late.handed.push(performance.now() - at)
    const context = window.drover.map.getCanvas().getContext('webgl2')
    const fence = context.fenceSync(context.SYNC_GPU_COMMANDS_COMPLETE, 0)
    context.flush()
    const look = () => {
      const done = context.getSyncParameter(fence, context.SYNC_STATUS) === context.SIGNALED
      if (!done) return setTimeout(look, 2)
      context.deleteSync(fence)
      late?.drawn.push(performance.now() - at)
    }
    setTimeout(look, 0)
  }

  window.probe = {
    received: () => received,
    begin() {
      late = { handed: [], drawn: [] }
      window.drover.map.on('render', drawn)
    },
    end() {
      window.drover.map.off('render', drawn)
      const all = late
      late = null
      return all
    },
    gpu: () => ({
      buffers: kept.size,
      bytes: [...kept.values()].reduce((sum, n) => sum + n, 0),
      textures: textures.size,
    }),
  }
}

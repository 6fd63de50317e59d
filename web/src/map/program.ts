// link makes a program of two shaders. It says what the compiler says, unless the context is lost anyway.
export function link(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type)
    if (!shader) continue // the context is lost
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
    gl.deleteShader(shader)
  }
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`shader: ${gl.getProgramInfoLog(program)}`)
  }
  return program
}

export type Uniforms<Name extends string> = Record<Name, WebGLUniformLocation | null>

// uniforms finds the places of the uniforms u_name.
export function uniforms<Name extends string>(
  gl: WebGL2RenderingContext,
  program: WebGLProgram,
  names: readonly Name[],
): Uniforms<Name> {
  return Object.fromEntries(
    names.map((name) => [name, gl.getUniformLocation(program, `u_${name}`)]),
  ) as Uniforms<Name>
}

// blend sets what both layers need: premultiplied colours over the map, without depth.
export function blend(gl: WebGL2RenderingContext): void {
  gl.disable(gl.DEPTH_TEST)
  gl.disable(gl.STENCIL_TEST)
  gl.disable(gl.CULL_FACE)
  gl.enable(gl.BLEND)
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
}

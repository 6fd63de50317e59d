import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { words } from '../words'
import { Problem } from './kit/Problem'
import { Progress } from './kit/Progress'

// lazy is a component whose code is loaded when it is first shown.
export function lazy<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  let loaded: ComponentType<P> | null = null
  return function Lazy(props: P) {
    const Inner = useSignal(loaded)
    const failed = useSignal(false)
    useEffect(() => {
      if (loaded || failed.value) return
      load().then(
        (module) => {
          loaded = module.default
          Inner.value = module.default
        },
        () => {
          failed.value = true
        },
      )
    }, [failed.value, Inner, failed])
    if (Inner.value) return <Inner.value {...props} />
    if (!failed.value) return <Progress label={words.loading} />
    const retry = () => {
      failed.value = false
    }
    return <Problem message={words.rooms.failed} retry={retry} />
  }
}

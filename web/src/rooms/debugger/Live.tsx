import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { answer } from '../../api'
import { query } from '../../route'
import { Empty } from '../../ui/kit/Empty'
import { useLoad } from '../../ui/kit/load'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { words } from '../../words'
import { Watch } from './Watch'

const text = words.debug
const typingPause = 250 // ms after the last key before the server is asked
const most = 50 // devices that are offered

// Live is a device, chosen by search, and its frames.
export function Live() {
  const chosen = Number(query.value.get('device')) || null
  return (
    <div class="debugger" data-chosen={chosen !== null}>
      <Devices chosen={chosen} />
      {chosen === null ? (
        <Empty icon="bug" title={text.choose} lead={text.chooseLead} />
      ) : (
        <Watch key={chosen} device={chosen} />
      )}
    </div>
  )
}

function Devices({ chosen }: { chosen: number | null }) {
  const search = useSignal('')
  const timer = useRef(0)
  const { data, problem, reload } = useLoad(
    (signal) =>
      answer('get', '/api/devices', {
        query: { limit: most, ...(search.value && { search: search.value }) },
        signal,
      }),
    [search.value],
  )
  const items = data.value?.items
  return (
    <nav aria-label={text.devices}>
      <input
        type="search"
        aria-label={text.search}
        placeholder={text.search}
        onInput={(event) => {
          const { value } = event.currentTarget
          clearTimeout(timer.current)
          timer.current = window.setTimeout(() => {
            search.value = value.trim()
          }, typingPause)
        }}
      />
      <Problem message={problem.value} retry={reload} />
      {!items && !problem.value && <Progress label={words.loading} />}
      {items?.length === 0 && <p class="soft none">{search.value ? text.noDevice : text.noDevices}</p>}
      <ul>
        {items?.map((d) => (
          <li key={d.id}>
            <a href={`/debugger?device=${d.id}`} aria-current={d.id === chosen ? 'true' : undefined}>
              <b>{d.vehicle_name || d.identity}</b>
              {d.online && <span class="dot" title={text.online} role="img" aria-label={text.online} />}
              <small>{[d.identity, d.protocol, d.model].filter(Boolean).join(' · ')}</small>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Problem as Wrong } from '../../api'
import { type Trial, tryProfile } from '../../api/protocols'
import { number, span } from '../../format'
import { Decoded } from '../../ui/Decoded'
import { Hex } from '../../ui/Hex'
import { Button } from '../../ui/kit/Button'
import { Pill } from '../../ui/kit/Pill'
import { Problem } from '../../ui/kit/Problem'
import { words } from '../../words'
import { hoursText, type ProfileEntry } from './profileentry'

const text = words.profile
const wait = 20 // s for the device's next frames

interface Props {
  device: number
  entry: ProfileEntry
}

// TryIt reads what the device sends next as the form would have it read, and says whether that can be believed.
export function TryIt({ device, entry }: Props) {
  const abort = useRef<AbortController | null>(null)
  const busy = useSignal(false)
  const trial = useSignal<Trial | null>(null)
  const wrong = useSignal('')
  const taken = useSignal(false)
  useEffect(() => () => abort.current?.abort(), [])
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (trial.value) end.current?.scrollIntoView({ block: 'start', behavior: 'smooth' })
  }, [trial.value])
  const named = entry.protocol.value !== ''

  async function tryIt() {
    taken.value = false
    trial.value = null
    wrong.value = entry.offset === undefined ? text.hoursBad : ''
    if (wrong.value) return
    const own = new AbortController()
    abort.current = own
    busy.value = true
    try {
      trial.value = await tryProfile(device, entry.trial(wait), own.signal)
    } catch (error) {
      if (!own.signal.aborted) {
        wrong.value = error instanceof Wrong && error.status === 409 ? text.nothing : (error as Error).message
      }
    } finally {
      if (abort.current === own) busy.value = false
    }
  }
  const take = (better: NonNullable<Trial['better']>) => {
    entry.take(better)
    trial.value = null
    taken.value = true
  }
  return (
    <div class="try-it">
      <div class="line">
        <Button icon="activity" busy={busy.value} disabled={!named} onClick={tryIt}>
          {text.tryIt}
        </Button>
        <span class="soft">{named ? text.tryLead : text.chooseFirst}</span>
      </div>
      <div role="status">
        {busy.value && (
          <div class="line">
            <progress aria-label={text.trying(String(wait))} />
            <span class="soft">{text.trying(String(wait))}</span>
            <Button kind="quiet" onClick={() => abort.current?.abort()}>
              {text.stop}
            </Button>
          </div>
        )}
        {taken.value && <p class="said">{text.taken}</p>}
      </div>
      <Problem message={wrong.value} />
      <div ref={end}>{trial.value && <Result trial={trial.value} take={take} />}</div>
    </div>
  )
}

function Result({ trial, take }: { trial: Trial; take(better: NonNullable<Trial['better']>): void }) {
  const { better } = trial
  const facts: [string, string][] = [
    [text.heard, number(trial.frames.length)],
    [text.failed, number(trial.failed)],
    [text.positions, number(trial.positions)],
    [text.odd, number(trial.odd)],
    [text.behind, trial.positions > 0 ? behindText(trial.behind_s) : '–'],
  ]
  return (
    <section class="trial" aria-label={text.tryIt}>
      <p>
        <Pill tone={trial.fits ? 'good' : 'bad'}>{trial.fits ? text.fits : text.fitsNot}</Pill>
      </p>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {better && (
        <div class="better">
          <div>
            <b>{text.better}</b>
            <p>{betterText(better)}</p>
          </div>
          <Button kind="primary" icon="check" onClick={() => take(better)}>
            {text.take}
          </Button>
        </div>
      )}
      {trial.frames.map(({ hex, message, error }, n) => (
        <details key={`${n} ${hex}`} open={n === 0 || error !== ''}>
          <summary>
            {text.frame(String(n + 1))}{' '}
            <small>{words.debug.bytes(hex.length / 2, number(hex.length / 2))}</small>
            {error && <em>{error}</em>}
          </summary>
          <Hex hex={hex} error={error} narrow />
          {!error && <Decoded message={message} narrow reply />}
        </details>
      ))}
    </section>
  )
}

const behindText = (seconds: number): string => (seconds < 0 ? '−' : '') + span(Math.abs(seconds))

function betterText({ clock_offset_s, options }: NonNullable<Trial['better']>): string {
  const clock = clock_offset_s === null ? text.offsetUsual : text.offset(hoursText(clock_offset_s, true))
  return [clock, ...Object.entries(options).map(([name, value]) => `${name} ${value}`)].join(' · ')
}

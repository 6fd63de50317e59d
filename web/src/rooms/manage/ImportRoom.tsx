import { useSignal } from '@preact/signals'
import { call } from '../../api'
import { number } from '../../format'
import { Button } from '../../ui/kit/Button'
import { Problem } from '../../ui/kit/Problem'
import { Progress } from '../../ui/kit/Progress'
import { words } from '../../words'
import { firstRows } from './csv'

const text = words.manage.import

// Imported is what is imported: where to, and the words that differ.
export interface Imported {
  path: string // of the API
  file: string // the example's name
  text: Pick<typeof text, 'lead' | 'run'> & { column: Record<string, string> }
  example: string
}
const most = 16 << 20 // bytes that the server takes
const shownRows = 20

interface Outcome {
  added: number
  updated: number
  errors: { line: number; message: string }[] | null
}

interface Chosen {
  name: string
  content: string
  rows: string[][]
}

export const devices: Imported = {
  path: '/api/devices/import',
  file: 'devices.csv',
  text,
  example: `identity,name,plate,group,protocol,model,phone
356307042441013,Van 1,AB 123 C,North/Depot 2,teltonika,FMB920,+33612345678
865784056012345,Truck 7,CD 456 E,South,,,
`,
}

// ImportRoom reads many devices or SIMs from a file: what it would do is shown before it is done.
export function ImportRoom({ of }: { of: Imported }) {
  const chosen = useSignal<Chosen | null>(null)
  const preview = useSignal<Outcome | null>(null)
  const done = useSignal<Outcome | null>(null)
  const busy = useSignal('')
  const problem = useSignal('')

  async function send(content: string, dry: boolean): Promise<Outcome | null> {
    problem.value = ''
    busy.value = dry ? text.checking : text.running
    try {
      const path = `${of.path}${dry ? '?dry_run=true' : ''}`
      return await call<Outcome>('POST', path, new Blob([content], { type: 'text/csv' }))
    } catch (error) {
      problem.value = (error as Error).message
      return null
    } finally {
      busy.value = ''
    }
  }

  async function take(file: File | undefined) {
    if (!file) return
    forget()
    if (file.size > most) {
      problem.value = text.tooLarge
      return
    }
    const content = await file.text()
    chosen.value = { name: file.name, content, rows: firstRows(content, shownRows + 1) }
    preview.value = await send(content, true)
  }

  function forget() {
    chosen.value = null
    preview.value = null
    done.value = null
    problem.value = ''
  }

  return (
    <section class="import" aria-label={words.manage.nouns.import.tab}>
      {busy.value && <Progress label={busy.value} />}
      <p role="status" class="said">
        {done.value && text.done(number(done.value.added), number(done.value.updated))}
      </p>
      <Problem message={problem.value} />
      {chosen.value && !busy.value && <Button onClick={forget}>{text.again}</Button>}
      {!chosen.value && <Choose of={of} take={take} />}
      {chosen.value && preview.value && !done.value && (
        <Preview
          of={of}
          chosen={chosen.value}
          outcome={preview.value}
          busy={busy.value !== ''}
          run={async () => {
            done.value = await send(chosen.value!.content, false)
          }}
        />
      )}
      {done.value && <Problems errors={done.value.errors ?? []} />}
    </section>
  )
}

function Choose({ of, take }: { of: Imported; take(file: File | undefined): void }) {
  const over = useSignal(false)
  return (
    <>
      <p class="lead">{of.text.lead}</p>
      <label
        class="drop"
        data-over={over.value}
        onDragOver={(event) => {
          event.preventDefault()
          over.value = true
        }}
        onDragLeave={() => {
          over.value = false
        }}
        onDrop={(event) => {
          event.preventDefault()
          over.value = false
          take(event.dataTransfer?.files[0])
        }}
      >
        <b>{text.choose}</b>
        <small>{text.drop}</small>
        <input
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => take(event.currentTarget.files?.[0])}
        />
      </label>
      <h2>{text.columns}</h2>
      <dl class="columns">
        {Object.entries(of.text.column).map(([name, meaning]) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>
        <a href={`data:text/csv;charset=utf-8,${encodeURIComponent(of.example)}`} download={of.file}>
          {text.example}
        </a>
      </p>
    </>
  )
}

interface PreviewProps {
  of: Imported
  chosen: Chosen
  outcome: Outcome
  busy: boolean
  run(): void
}

function Preview({ of, chosen, outcome, busy, run }: PreviewProps) {
  const fine = outcome.added + outcome.updated
  const errors = outcome.errors ?? []
  const [head = [], ...rows] = chosen.rows
  return (
    <>
      <h2>{text.preview(chosen.name)}</h2>
      <p>{text.would(number(outcome.added), number(outcome.updated))}</p>
      <Problems errors={errors} />
      <Button kind="primary" disabled={busy || fine === 0} onClick={run}>
        {of.text.run(number(fine))}
      </Button>
      <h2>{text.showing(number(rows.length))}</h2>
      <div class="scroll">
        <table class="plain">
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, n) => (
              <tr key={n} data-bad={errors.some((e) => e.line === n + 2)}>
                {head.map((name, i) => (
                  <td key={name}>{row[i]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Problems({ errors }: { errors: { line: number; message: string }[] }) {
  if (errors.length === 0) return <p class="said">{text.fine}</p>
  return (
    <>
      <p class="problem">{text.bad(number(errors.length))}</p>
      <table class="plain bad-rows">
        <thead>
          <tr>
            <th>{text.line}</th>
            <th>{text.problem}</th>
          </tr>
        </thead>
        <tbody>
          {errors.slice(0, 200).map((error) => (
            <tr key={error.line}>
              <td>{number(error.line)}</td>
              <td>{error.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

import { useSignal } from '@preact/signals'
import { Icon } from '../../ui/Icon'
import { Button } from '../../ui/kit/Button'
import { words } from '../../words'
import * as clock from './clock'
import { Days } from './Days'
import { closePopover, Popover } from './Popover'
import { printRoom } from './paper'
import { exportUrl, formats } from './read'
import { busy, nameOf, reload, vehicles } from './room'
import { Vehicles } from './Vehicles'

// Header says what is shown, and hands it out.
export function Header() {
  const text = words.history
  const printing = useSignal(false)
  const print = () => {
    printing.value = true
    printRoom().finally(() => {
      printing.value = false
    })
  }
  return (
    <header class="history-head">
      <h1>{text.title}</h1>
      <Vehicles />
      <Days />
      <div class="actions">
        <Button
          kind="quiet"
          icon="refresh"
          aria-label={text.reload}
          title={text.reload}
          busy={busy.value !== null}
          onClick={reload}
        />
        <Button
          kind="quiet"
          icon="printer"
          aria-label={text.print}
          title={text.print}
          busy={printing.value}
          onClick={print}
        />
        <Popover
          id="history-export"
          label={text.export.label}
          button={
            <>
              <Icon name="download" size={16} />
              <span>{text.export.label}</span>
            </>
          }
        >
          <Exports />
        </Popover>
      </div>
    </header>
  )
}

function Exports() {
  const text = words.history.export
  const [from, to] = [clock.from.value, clock.to.value]
  if (vehicles.value.length === 0) return <p class="hint exports">{text.none}</p>
  return (
    <div class="exports">
      {vehicles.value.map((id) => (
        <section key={id}>
          <p class="hint">{text.lead(nameOf(id))}</p>
          {formats.map((format) => (
            <a
              key={format}
              href={exportUrl(id, from, to, format)}
              download=""
              onClick={() => closePopover('history-export')}
            >
              <Icon name="file" size={16} />
              {text.formats[format]}
              <small>.{format}</small>
            </a>
          ))}
        </section>
      ))}
    </div>
  )
}

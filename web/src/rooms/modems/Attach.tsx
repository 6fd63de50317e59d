import { Icon } from '../../ui/Icon'
import { Copy } from '../../ui/kit/Copy'
import { words } from '../../words'

const text = words.modems.attach

// Attach stands where there is no modem yet, and says how to get one, or a simulated one.
export function Attach() {
  return (
    <section class="attach">
      <Icon name="radio" size={28} />
      <h2>{text.title}</h2>
      <p>{text.lead}</p>
      <ol>
        <li>
          <b>{text.plug}</b>
          <p>{text.plugHint}</p>
          <Copy label={text.plug} text="ls -l /dev/serial/by-id/" />
        </li>
        <li>
          <b>{text.start}</b>
          <p>{text.startHint}</p>
          <Copy
            label={text.start}
            text="drover serve --modem north=serial:/dev/serial/by-id/usb-…-if03-port0"
          />
        </li>
        <li>
          <b>{text.simulate}</b>
          <p>{text.simulateHint}</p>
          <Copy label={text.simulate} text="simulators modems -n 2 --unix /tmp/modems" />
          <Copy label={text.simulateServe} text="drover serve --modem north=unix:/tmp/modems/modem0.sock" />
        </li>
      </ol>
    </section>
  )
}

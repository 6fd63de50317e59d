import { useSignal } from '@preact/signals'
import { type Family, isHost, unreachable } from '../guide/families'
import { words } from '../words'
import { Button } from './kit/Button'
import { Field } from './kit/Field'

const text = words.guide

interface Props {
  family: Family
  port: number
  certain: boolean // the server said the port
}

// Pointing says where the tracker has to call, and the text messages that tell it so.
export function Pointing({ family, port, certain }: Props) {
  const host = useSignal(location.hostname)
  const apn = useSignal('')
  const wrong = !isHost(host.value)
  const texts = wrong ? [] : family.texts({ host: host.value, port, apn: apn.value.trim() })
  return (
    <div class="pointing">
      <div class="where">
        <Field
          label={text.address}
          problem={wrong ? text.badAddress : undefined}
          hint={unreachable(host.value) ? text.unreachable : text.addressHint}
        >
          <input
            value={host.value}
            spellcheck={false}
            autocomplete="off"
            maxlength={100}
            onInput={(event) => {
              host.value = event.currentTarget.value.trim()
            }}
          />
        </Field>
        <Field label={words.devices.port} hint={certain ? text.tcp : text.usualPort}>
          <input readonly value={port} />
        </Field>
        <Field label={text.apn} hint={text.apnHint} optional>
          <input
            value={apn.value}
            spellcheck={false}
            autocomplete="off"
            maxlength={60}
            onInput={(event) => {
              apn.value = event.currentTarget.value
            }}
          />
        </Field>
      </div>
      {texts.length > 0 ? (
        <>
          <p>{text.send}</p>
          <ul class="texts">
            {texts.map((sms) => (
              <Sms key={sms} sms={sms} />
            ))}
          </ul>
          {family.note && <p class="lead">{text.notes[family.note]}</p>}
        </>
      ) : (
        !wrong && <p class="lead">{text.noTexts}</p>
      )}
    </div>
  )
}

// Spaces at the start belong to the message, so they are shown.
function Sms({ sms }: { sms: string }) {
  const copied = useSignal(false)
  const start = /^ */.exec(sms)![0].length
  return (
    <li>
      <code>
        <span class="spaces" aria-hidden="true">
          {'␣'.repeat(start)}
        </span>
        {sms.slice(start)}
      </code>
      <Button
        icon={copied.value ? 'check' : 'copy'}
        aria-label={`${copied.value ? words.kit.copied : words.kit.copy}: ${sms.trim()}`}
        onClick={async () => {
          copied.value = await navigator.clipboard.writeText(sms).then(
            () => true,
            () => false,
          )
        }}
      />
    </li>
  )
}

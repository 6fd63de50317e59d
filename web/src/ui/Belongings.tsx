import type { ComponentChildren } from 'preact'
import type { VehicleDetail } from '../api'
import { fleet, user } from '../state'
import { words } from '../words'
import { Icon, type IconName } from './Icon'

// Belongings are what the vehicle has and belongs to, with the way to where each is managed.
export function Belongings({ slot, about }: { slot: number; about: VehicleDetail | null }) {
  fleet.version.value
  const driver = about?.driver
  const name = driver?.name ?? fleet.drivers[slot]
  const phone = driver?.phone
  const device = about?.device
  const group = fleet.groups[slot]
  const identity = device?.identity ?? fleet.identities[slot]
  const sim = device?.phone ?? fleet.phones[slot]
  return (
    <section class="belongings">
      <dl>
        {name && (
          <Line icon="idCard" label={words.detail.driver} noun="drivers" search={name}>
            {name} {phone && <a href={`tel:${phone}`}>{phone}</a>}
          </Line>
        )}
        {identity && (
          <Line icon="cpu" label={words.detail.device} noun="devices" search={identity}>
            {[device?.protocol, device?.model, identity].filter(Boolean).join(' · ')}
            {sim && <a href={`tel:${sim}`}>{sim}</a>}
            {device?.disabled && <b>{words.detail.disabled}</b>}
          </Line>
        )}
        {group && (
          <Line icon="folder" label={words.detail.group} noun="groups" search={group}>
            {group}
          </Line>
        )}
      </dl>
    </section>
  )
}

interface LineProps {
  icon: IconName
  label: string
  noun: string
  search: string
  children: ComponentChildren
}

function Line({ icon, label, noun, search, children }: LineProps) {
  return (
    <div>
      <dt>
        <Icon name={icon} size={15} />
        {label}
      </dt>
      <dd>{children}</dd>
      <dd>
        {user.value?.role !== 'viewer' && (
          <a
            class="quiet square button"
            href={`/manage/${noun}?search=${encodeURIComponent(search)}`}
            aria-label={`${words.detail.manage}: ${label}`}
            title={words.detail.manage}
          >
            <Icon name="arrowRight" size={15} />
          </a>
        )}
      </dd>
    </div>
  )
}

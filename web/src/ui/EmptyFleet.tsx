import { isAdmin } from '../state'
import { words } from '../words'
import { AddDevice } from './AddDevice'
import { Knocks } from './Knocks'

// EmptyFleet is what a newcomer sees: what to do so that the first vehicle appears.
export function EmptyFleet() {
  return (
    <section class="empty" aria-label={words.devices.emptyTitle}>
      <div class="card">
        <h2>{words.devices.emptyTitle}</h2>
        {isAdmin.value ? (
          <>
            <p class="lead">{words.devices.emptyLead}</p>
            <AddDevice />
            <Knocks />
          </>
        ) : (
          <p class="lead">{words.devices.emptyOther}</p>
        )}
      </div>
    </section>
  )
}

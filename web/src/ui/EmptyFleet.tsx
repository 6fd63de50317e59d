import { adding } from '../guide/progress'
import { isAdmin } from '../state'
import { words } from '../words'
import { AddDevice } from './AddDevice'
import { Knocks } from './Knocks'
import { Button } from './kit/Button'

// EmptyFleet is what a newcomer sees: what to do so that the first vehicle appears. It stays until that has come.
export default function EmptyFleet() {
  const close = () => {
    adding.value = null
  }
  return (
    <section class="empty" aria-label={words.devices.emptyTitle}>
      <div class="card">
        <header>
          <h2>{adding.value ? words.devices.title : words.devices.emptyTitle}</h2>
          {adding.value && <Button kind="quiet" icon="x" aria-label={words.close} onClick={close} />}
        </header>
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

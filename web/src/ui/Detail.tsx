import { useEffect } from 'preact/hooks'
import { fleet, selected } from '../state'
import { words } from '../words'
import { Belongings } from './Belongings'
import { Commanding } from './Commanding'
import { DetailHead } from './DetailHead'
import { detail, detailProblem, keepDetail } from './details'
import { Events } from './Events'
import { Icon } from './Icon'
import { SpeedChart } from './SpeedChart'
import { Today } from './Today'
import { MoreValues, Values } from './Values'

// Detail is all about the selected vehicle. What a server does not tell has no place in it.
export function Detail() {
  useEffect(keepDetail, [])
  fleet.version.value
  const id = selected.value
  const slot = id === null ? -1 : fleet.slot(id)
  const about = detail.value?.id === id ? detail.value : null
  if (id === null || slot < 0) return null
  return (
    <aside class="detail" aria-label={words.detail.label}>
      <DetailHead slot={slot} about={about} />
      {detailProblem.value && (
        <p class="problem" role="alert">
          <Icon name="warning" size={16} />
          {words.detail.failed} {detailProblem.value}
        </p>
      )}
      <Values slot={slot} about={about} />
      <Today id={id} />
      <SpeedChart />
      {about && <Commanding key={id} about={about} />}
      <Events id={id} />
      <Belongings slot={slot} about={about} />
      {about && <MoreValues about={about} />}
    </aside>
  )
}

import { clock as clockText, moment, span } from '../../format'
import { words } from '../../words'
import { spanText } from './Days'
import { Legend } from './MapPane'
import { printed } from './paper'
import { day, legs, nameOf, names, vehicles, zone } from './room'
import { Totals } from './Side'
import { Bar } from './Timeline'
import { placeOf, titleOf } from './Trips'

// Paper is what is printed instead of the room: the map's picture, the totals and the list of trips and stops.
export function Paper() {
  const text = words.history
  names.value
  const who = vehicles.value.length > 0 ? vehicles.value.map(nameOf).join(', ') : text.vehicles.fleet
  return (
    <section class="paper" aria-hidden="true">
      <header>
        <b>{who}</b>
        <span>{spanText()}</span>
        <span>{text.days.zone(zone.value)}</span>
      </header>
      {printed.value && <img src={printed.value} alt="" />}
      {day.value && (
        <>
          <Legend paper />
          <Bar />
          <Totals />
        </>
      )}
      <table>
        <tbody>
          {legs.value.map((leg) => (
            <tr key={leg.from}>
              <td>{leg.kind === 'stop' ? leg.number : ''}</td>
              <td>
                {clockText(leg.from)}–{clockText(leg.to)}
              </td>
              <td>{span((leg.to - leg.from) / 1000)}</td>
              <td>{titleOf(leg)}</td>
              <td>{placeOf(leg)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{text.printed(moment(Date.now()))}</p>
    </section>
  )
}

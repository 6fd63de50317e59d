import { headBit } from '../fleet/rows'
import { Kind } from '../fleet/status'
import { number } from '../format'
import { alarmsHead, fold, folded, pathOf, rows } from '../listing'
import { cursorHead, fleet } from '../state'
import { words } from '../words'
import { KindGlyph } from './Glyph'
import { Icon } from './Icon'

interface Props {
  item: number
  top: number
  still?: boolean // it stays at the list's top while its vehicles pass, and is there a second time
}

export const headId = (path: string): string => `group-${encodeURIComponent(path)}`

// GroupHead stands above the vehicles of a group, says how many they are, and folds them.
export function GroupHead({ item, top, still = false }: Props) {
  fleet.version.value
  const group = fleet.tree[item - headBit]
  const path = pathOf(item)
  const alarms = path === alarmsHead
  const tally = rows.value.tallies[item - headBit] ?? { all: rows.value.alarms, moving: 0, alarms: 0 }
  const name = alarms ? words.list.alarms : group?.name || words.list.noGroup
  const open = !folded.value.has(path)
  const depth = group?.depth ?? 0
  const aria = still
    ? ({ 'aria-hidden': true } as const)
    : ({ role: 'treeitem', 'aria-level': depth + 1, 'aria-expanded': alarms ? undefined : open } as const)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keyboard
    // biome-ignore lint/a11y/noStaticElementInteractions: the one that stays at the top is only for the mouse
    <div
      id={still ? undefined : headId(path)}
      class="head-row"
      {...aria}
      data-cursor={cursorHead.value === path}
      data-alarms={alarms}
      style={{ transform: `translateY(${top}px)`, paddingLeft: `${8 + depth * 14}px` }}
      onClick={() => {
        cursorHead.value = path
        if (!alarms) fold(path, open)
      }}
    >
      {alarms ? (
        <KindGlyph kind={Kind.Alarm} size={16} />
      ) : (
        <Icon name={open ? 'chevronDown' : 'chevronRight'} size={15} />
      )}
      <b>{name}</b>
      <span class="tally">
        {tally.moving > 0 && (
          <span>
            <KindGlyph kind={Kind.Moving} size={12} />
            <span class="unseen">{words.list.kinds.moving}</span>
            {number(tally.moving)}
          </span>
        )}
        {!alarms && tally.alarms > 0 && (
          <span>
            <KindGlyph kind={Kind.Alarm} size={12} />
            <span class="unseen">{words.list.kinds.alarm}</span>
            {number(tally.alarms)}
          </span>
        )}
        <span class="all">
          <span class="unseen">{words.list.heading}</span>
          {number(tally.all)}
        </span>
      </span>
    </div>
  )
}

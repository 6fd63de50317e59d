import { choose } from '../../account'
import { clock, zone, zoneName } from '../../format'
import { density, type Preference, theme, units } from '../../preferences'
import { themes } from '../../theme'
import type { IconName } from '../../ui/Icon'
import { Choice } from '../../ui/kit/Choice'
import { Field } from '../../ui/kit/Field'
import { toast } from '../../ui/kit/toast'
import { language, languages, words } from '../../words'

const text = words.settings.account

// keep makes a choice, which holds in this browser even if the server does not have it.
function keep(name: Preference | 'language', value: string): void {
  choose(name, value).catch((error: unknown) => toast((error as Error).message, { bad: true }))
}

export function Region() {
  return (
    <>
      <Choice
        label={text.language}
        value={language}
        options={Object.entries(languages).map(([value, name]) => ({ value, text: name }))}
        choose={(value) => keep('language', value)}
      />
      <Choice
        label={text.units}
        value={units.value}
        options={[
          { value: 'metric', text: text.metric },
          { value: 'imperial', text: text.imperial },
        ]}
        choose={(value) => keep('units', value)}
      />
      <Zone />
    </>
  )
}

const zones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

function Zone() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  const now = Date.now()
  return (
    <Field label={text.zone} hint={text.now(clock(now), zoneName(now))}>
      <select value={zone.value} onChange={(event) => keep('zone', event.currentTarget.value)}>
        <option value="">{text.ownZone(own)}</option>
        {zones.map((name) => (
          <option key={name} value={name}>
            {name.replaceAll('_', ' ')}
          </option>
        ))}
      </select>
    </Field>
  )
}

const themeIcons: Record<(typeof themes)[number], IconName> = {
  auto: 'monitor',
  light: 'sun',
  dark: 'moon',
  contrast: 'contrast',
}

export function Looks() {
  return (
    <>
      <Choice
        label={text.theme}
        value={theme.value}
        options={themes.map((value) => ({ value, text: words.menu[value], icon: themeIcons[value] }))}
        choose={(value) => keep('theme', value)}
      />
      <Choice
        label={text.density}
        value={density.value}
        options={[
          { value: 'comfortable', text: text.comfortable },
          { value: 'compact', text: text.compact },
        ]}
        choose={(value) => keep('density', value)}
      />
    </>
  )
}

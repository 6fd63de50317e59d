import { setSingleKeys, singleKeys } from '../keyboard'
import { closeDialog } from '../state'
import { words } from '../words'
import { Dialog } from './Dialog'

type What = keyof typeof words.help.keys

// What each section's keys are; a list within a line is keys of which any does, '…' stands for those between.
const sections: [keyof typeof words.help.sections, [keys: string[], what: What][]][] = [
  [
    'page',
    [
      [['Ctrl K'], 'palette'],
      [['Esc'], 'back'],
      [['?'], 'help'],
    ],
  ],
  [
    'list',
    [
      [['/'], 'search'],
      [['J', 'K', '↓', '↑'], 'step'],
      [['Home', 'End'], 'ends'],
      [['Enter'], 'enter'],
      [['←', '→'], 'fold'],
      [['B'], 'grouped'],
      [['1', '…', '7'], 'states'],
    ],
  ],
  [
    'vehicle',
    [
      [['F'], 'follow'],
      [['W'], 'watch'],
      [['T'], 'history'],
      [['M'], 'messages'],
      [['C'], 'console'],
    ],
  ],
  [
    'map',
    [
      [['0'], 'fit'],
      [['+', '−'], 'zoom'],
    ],
  ],
]

// Help shows every key, and switches the single ones off.
export default function Help() {
  return (
    <Dialog title={words.help.title} close={() => closeDialog('help')}>
      <div class="keys">
        {sections.map(([section, lines]) => (
          <section key={section}>
            <h3>{words.help.sections[section]}</h3>
            <dl>
              {lines.map(([keys, what]) => (
                <div key={what}>
                  <dt>{keys.map((key) => (key === '…' ? ' … ' : <kbd key={key}>{key}</kbd>))}</dt>
                  <dd>{words.help.keys[what]}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={singleKeys.value}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
        <span>
          {words.help.single}
          <small>{words.help.singleHint}</small>
        </span>
      </label>
    </Dialog>
  )
}

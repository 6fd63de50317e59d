import { setSingleKeys, singleKeys } from '../keyboard'
import { dialog } from '../state'
import { words } from '../words'
import { Dialog } from './Dialog'

export function Help() {
  const close = () => {
    dialog.value = null
  }
  return (
    <Dialog title={words.help.title} close={close}>
      <dl class="keys">
        {words.help.keys.map(([keys, what]) => (
          <div key={keys}>
            <dt>{keys.split('  ').map((key) => (key === 'or' ? ' or ' : <kbd key={key}>{key}</kbd>))}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={singleKeys.value}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
        {words.help.single}
      </label>
    </Dialog>
  )
}

import { dialog } from '../state'
import { words } from '../words'
import { AddDevice } from './AddDevice'
import { Dialog } from './Dialog'
import { Knocks } from './Knocks'

export default function DevicesDialog() {
  const close = () => {
    dialog.value = null
  }
  return (
    <Dialog title={words.devices.title} close={close}>
      <AddDevice />
      <Knocks />
    </Dialog>
  )
}

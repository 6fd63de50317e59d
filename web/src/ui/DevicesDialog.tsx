import { closeDialog } from '../state'
import { words } from '../words'
import { AddDevice } from './AddDevice'
import { Dialog } from './Dialog'
import { Knocks } from './Knocks'

export default function DevicesDialog() {
  return (
    <Dialog title={words.devices.title} close={() => closeDialog('devices')}>
      <AddDevice />
      <Knocks />
    </Dialog>
  )
}

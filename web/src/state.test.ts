import { expect, test } from 'vitest'
import { closeDialog, dialog } from './state'

test('a dialog whose closing is told late leaves the one that was opened meanwhile', () => {
  dialog.value = 'commands'
  closeDialog('help')
  expect(dialog.value).toBe('commands')
  closeDialog('commands')
  expect(dialog.value).toBeNull()
})

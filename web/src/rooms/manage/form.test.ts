import { expect, test } from 'vitest'
import { changes, fieldsOf, shownAs } from './form'
import type { Field } from './nouns'

const name: Field = { name: 'name', label: '', kind: 'text' }
const group: Field = { name: 'group_id', label: '', kind: 'choice' }
const driver: Field = { name: 'driver_id', label: '', kind: 'choice' }
const plate: Field = { name: 'plate', label: '', kind: 'text', only: 'old' }
const seen: Field = { name: 'groups', label: '', kind: 'choices' }
const disabled: Field = { name: 'disabled', label: '', kind: 'check' }

const old = {
  id: 1,
  name: 'Van',
  group_id: 7,
  driver: { id: 3 },
  plate: 'B 1',
  groups: [1, 2],
  disabled: false,
}

test('a field shows what the API said', () => {
  expect(shownAs(name, old)).toBe('Van')
  expect(shownAs(group, old)).toBe('7')
  expect(shownAs(driver, old)).toBe('3')
  expect(shownAs(plate, old)).toBe('B 1')
  expect(shownAs(seen, old)).toEqual(['1', '2'])
  expect(shownAs(disabled, old)).toBe(false)
  expect(shownAs(driver, { id: 1, driver: null })).toBe('')
  expect(shownAs(name, null)).toBe('')
})

test('only what is different is told', () => {
  const entries = new Map<string, string | boolean | string[]>([
    ['name', 'Van'],
    ['group_id', ''],
    ['driver_id', '3'],
    ['plate', ' B 2'],
    ['groups', ['2', '1']],
    ['disabled', true],
  ])
  const fields = [name, group, driver, plate, seen, disabled]
  expect(changes(fields, old, entries)).toEqual({ group_id: 0, plate: 'B 2', disabled: true })
})

test('of a new item all that was filled in is told', () => {
  const entries = new Map([
    ['name', ' Truck '],
    ['group_id', ''],
  ])
  expect(changes([name, group], null, entries)).toEqual({ name: 'Truck' })
})

test('what is only asked of an old item is not asked of a new one', () => {
  expect(fieldsOf([name, plate], null)).toEqual([name])
  expect(fieldsOf([name, plate], old)).toEqual([name, plate])
})

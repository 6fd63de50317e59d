import { expect, test } from 'vitest'
import type { CommandKind, Protocol } from '../../api/protocols'
import { findProtocols } from './find'

const one = (name: string, title: string, makers: string, commands: CommandKind[] = []): Protocol => ({
  ...{
    name,
    title,
    makers,
    commands,
    port: 5023,
    open_port: null,
    transports: ['tcp'],
    identity: '',
    clock: '',
  },
  ...{
    papers: [],
    reads: [{ message: '10', meaning: `location of ${title}` }],
    replies: '',
    sms_commands: [],
  },
  ...{ options: [], notes: [], known: '' },
})

const all = [
  one('teltonika', 'Teltonika', 'FMB920, FMC130', ['locate']),
  one('gt06', 'Concox GT06', 'Concox, Jimi; a clone of teltonika'),
  one('h02', 'Sinotrack H02', 'Sinotrack ST-901', ['immobilise', 'locate']),
]
const names = (typed: string) => findProtocols(all, typed).map((p) => p.name)

test('all are shown by title while nothing is typed', () => {
  expect(names('')).toEqual(['gt06', 'h02', 'teltonika'])
})

test.each([
  ['fmb', ['teltonika']],
  ['JIMI', ['gt06']],
  ['locate', ['h02', 'teltonika']],
  ['locate immob', ['h02']],
  ['5023', ['gt06', 'h02', 'teltonika']],
  ['pigeon', []],
])('%s finds what contains all its words', (typed, found) => {
  expect(names(typed)).toEqual(found)
})

test('who is called so comes before who is only mentioned', () => {
  expect(names('teltonika')).toEqual(['teltonika', 'gt06'])
})

import { describe, expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import type { Instant } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import { upgradeItem } from '../service-item/upgrade-item'
import type { CaseEvent } from './events'
import { replay } from './evolve'
import { CONTENT_SHAPE } from './filed-content'
import { APPLICANT, act, attempt, factsOf, file, type Journey, NO_CHANGE } from './journeys/case-fixture'
import { driveToEnd } from './journeys/sensible-acts'
import { DOCUMENT_SHAPE } from './paper/issued-words'
import { payloadOf, upgradeContent, upgradeDocument, upgradeEvent, upgradeState } from './upgrade'

const items = packItems()
const itemOf = (id: string): ServiceItem => {
  const item = items.find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const stored = (event: CaseEvent) => ({ type: event.type, at: event.at, payload: payloadOf(event) })

function supplemented(): Journey {
  const asked = act(file(itemOf('LX-005'), '2026-11-24'), 'request-correction')
  const tried = attempt(
    asked,
    { type: 'supplement', answersDigest: 'new', facts: factsOf(asked), change: NO_CHANGE },
    APPLICANT,
  )
  if (!tried.ok) throw new Error(tried.error.code)
  return tried.value
}

/** The payload and the state as the first version wrote them: what came later was not there, nor a number. */
const LATER: Readonly<Record<string, readonly string[]>> = {
  filed: [
    'applicant',
    'confirmedBy',
    'seats',
    'channel',
    'src',
    'assisted',
    'enteredBy',
    'enteredAt',
    'relatives',
    'fastTrack',
  ],
  supplemented: ['applicant', 'confirmedBy', 'stepKeys', 'seats', 'moved', 'change'],
  transferred: ['moved'],
  withdrawn: ['reasonDigest'],
  terminated: ['stepKey', 'unitId', 'cause'],
}
const without = (value: object, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))
const inFirstShape = (event: CaseEvent) => ({
  ...stored(event),
  payload: JSON.stringify(without(JSON.parse(payloadOf(event)), ['shape', ...(LATER[event.type] ?? [])])),
})

describe('what this version stores', () => {
  test.each(['LX-005', 'LX-009', 'LX-025'])('is read as it was: %s', (id) => {
    for (const { item, state, events } of driveToEnd(file(itemOf(id), '2026-11-24'), 'granted')) {
      expect(events.map((event) => upgradeEvent(stored(event)))).toEqual(events)
      expect(upgradeState(JSON.parse(JSON.stringify(state)))).toEqual(state)
      expect(replay(item, events)).toEqual(state)
    }
  })

  test('bears the number of its shape, in state, payload and guide', () => {
    const { item, state, events } = supplemented()
    expect([state.shape, item.shape]).toEqual([4, 3])
    expect(events.map((event) => JSON.parse(payloadOf(event)).shape)).toEqual(events.map(() => 3))
    expect(upgradeEvent(stored(events[0] as CaseEvent))).not.toHaveProperty('shape')
  })
})

test('what the second shape of an event did not say was not so', () => {
  const at = '2026-11-24T01:42:00.000Z' as Instant
  const from2 = (type: string) => ({ type, at, payload: JSON.stringify({ shape: 2, change: null }) })
  expect(upgradeEvent(from2('applicant-named'))).toMatchObject({ isReceipt: false })
  expect(upgradeEvent(from2('visit-recorded'))).toMatchObject({ rectifyBy: null })
  expect(upgradeEvent({ ...from2('applicant-named'), payload: '{"applicant":{}}' })).toMatchObject({
    isReceipt: false,
    applicant: { disowned: false },
    change: null,
  })
})

describe('what the first version stored', () => {
  test('has null where it recorded nothing, in the event as in the state', () => {
    const { item, events } = supplemented()
    const old = events.map((event) => upgradeEvent(inFirstShape(event)))
    expect(old[0]).toMatchObject({
      applicant: null,
      channel: null,
      assisted: null,
      enteredBy: null,
      relatives: [],
      fastTrack: false,
    })
    expect(old.at(-1)).toMatchObject({ stepKeys: null, seats: null, moved: null, change: null })
    const state = replay(item, old)
    expect(state).toMatchObject({ applicant: null, seats: null, changes: [], fastTrack: false })
    const LATER_IN_STATE = [
      ...(LATER['filed'] ?? []),
      'takenOverAt',
      'changes',
      'transfers',
      'approvals',
      'shape',
    ]
    const row = {
      ...without(state, LATER_IN_STATE),
      steps: state.steps.map((run) => ({
        ...run,
        parts: run.parts.map((part) => without(part, ['openedBefore'])),
      })),
    }
    expect(upgradeState(JSON.parse(JSON.stringify(row)))).toEqual(state)
  })

  test('is what a document says, word for word', () => {
    const said = {
      title: '受理通知书',
      organ: '郎溪县梅渚镇人民政府',
      to: null,
      paragraphs: [],
      plain: '',
      remedy: null,
    }
    const upgraded = upgradeDocument(JSON.parse(JSON.stringify(said)))
    expect(upgraded).toEqual({ shape: DOCUMENT_SHAPE, ...said })
    expect(upgradeDocument(JSON.parse(JSON.stringify(upgraded)))).toEqual(upgraded)
  })

  test('is what was filed, which had no number before', () => {
    const filed = { answers: { name: '石文' }, papers: [], applicantName: '石文', agent: false }
    const upgraded = upgradeContent(JSON.parse(JSON.stringify(filed)))
    expect(upgraded).toEqual({ shape: CONTENT_SHAPE, ...filed })
    expect(upgradeContent(JSON.parse(JSON.stringify(upgraded)))).toEqual(upgraded)
  })

  test('is a whole guide', () => {
    const item = itemOf('LX-050')
    const old = {
      ...without(item, ['shape', 'confidential', 'fastTrack']),
      fields: item.fields.map((field) => without(field, ['ofNumber'])),
    }
    const upgraded = upgradeItem(JSON.parse(JSON.stringify(old)))
    expect(upgraded).toMatchObject({ shape: 3, confidential: false, fastTrack: null })
    expect(upgraded.fields.map(({ ofNumber }) => ofNumber)).toEqual(item.fields.map(() => null))
    expect(upgradeItem(upgraded)).toEqual(upgraded)
  })

  test('may be written on by a version of before, which keeps the number: what is missing then is filled too', () => {
    const { state } = supplemented()
    const [run, ...runs] = state.steps
    const part = without(run?.parts[0] ?? {}, ['openedBefore'])
    const row = { ...state, steps: [{ ...run, parts: [part] }, ...runs] }
    expect(upgradeState(JSON.parse(JSON.stringify(row)))).toEqual(state)
  })
})

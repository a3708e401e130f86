import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { file } from '../case/journeys/case-fixture'
import { type Instant, plainDate } from '../kernel/plain-date'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { tellResident } from './resident'

const item = packItems().find(({ id }) => id === 'LX-005')
if (!item) throw new Error('no LX-005')
const { state } = file(item, '2026-03-02')

const said = (at: string, by: 'staff' | 'owner') => ({
  at: at as Instant,
  statementDigest: at,
  by,
})

/** What the applicant is told of each of these, as it comes. */
const titles = (heard: readonly ReturnType<typeof said>[]) =>
  heard.map((statement, at) => {
    const open = {
      answeredAt: null,
      revoked: null,
      decided: 'granted',
      proposedAt: '2026-03-09T01:00:00.000Z',
      deciders: [],
      heard: heard.slice(0, at + 1),
    }
    const told = tellResident(
      { type: 'holder-heard', ...statement },
      {
        caseId: 'case',
        caseNumber: '3418212603020001',
        item,
        after: { ...state, revocations: [open] } as never,
        due: { kind: 'on', on: plainDate('2026-03-10'), clock: 'promised' },
        newCard: null,
      },
      { calendar: CALENDAR_2026, units: new Map(), unitName: () => '', holders: () => [] },
      { as: 'owner', acted: false },
    )
    return told?.title ?? null
  })

test('what is written down at a counter is told once a day, however much it is', () => {
  const ten = Array.from({ length: 10 }, (_, at) => said(`2026-03-10T02:0${at}:00.000Z`, 'staff'))
  const first = '高龄津贴：你的意见记下了'
  expect(titles(ten)).toEqual([first, ...Array.from({ length: 9 }, () => null)])
  // The next day has its own, and what another said is no counter's.
  expect(titles([...ten, said('2026-03-11T02:00:00.000Z', 'staff')]).at(-1)).toBe(first)
  expect(
    titles([said('2026-03-10T01:00:00.000Z', 'owner'), said('2026-03-10T02:00:00.000Z', 'staff')])[1],
  ).toBe(first)
})

import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { owedPapers } from '../delivery/owed-papers'
import { replay } from '../evolve'
import { act, file, onDay, passTime } from '../journeys/case-fixture'
import { documentKindOf, isIssuing } from './document-kinds'
import { issuedContent } from './issued-words'

const item = packItems().find(({ id }) => id === 'LX-038')
if (!item) throw new Error('no LX-038')
const OPENING = 8 * 60 + 30

function lapsed() {
  const asked = act(file(item as NonNullable<typeof item>, '2026-11-02'), 'request-correction')
  return passTime(onDay(passTime(onDay(asked, '2026-11-16', OPENING)), '2026-11-24', 5))
}

test('what ends because nothing came has a paper: facts, rule, remedy, and is owed to whoever applied', () => {
  const { state, events, item: guide } = lapsed()
  const event = events.at(-1)
  if (!event || !isIssuing(event)) throw new Error('no paper')
  expect(documentKindOf(event, guide, state)).toBe('termination')
  expect(owedPapers(state)).toEqual(['termination'])
  const { paragraphs, plain } = issuedContent(event, {
    item: guide,
    state,
    caseNumber: '3418212611240001',
    villageName: null,
    calendar: CALENDAR_2026,
    title: '终止办理通知书',
    organ: '郎溪县卫生健康委员会',
    phone: null,
    remedy: '不服这个决定的，可以申请行政复议。',
    given: { result: null, validText: null, booked: null },
    decidedBy: null,
    servedPaper: null,
    certifiedBy: null,
    code: null,
    labelOf: ({ name }) => name,
    unitName: (unitId) => unitId,
    ownPapers: new Map(),
    staffName: (staffId) => staffId,
  })
  const words = paragraphs.map(({ said }) => said).join('')
  expect(words).toContain('2026年11月2日书面告知需要补正')
  expect(words).toContain('2026年11月16日又提醒过，到2026年11月23日没有补正')
  expect(words).toContain('根据本县公布的办件规则')
  expect(words).toContain('终止办理')
  expect(words).toContain('行政复议')
  expect(plain).toContain('停了')
})

test('one that ended before papers said so has none, and nothing is owed of it', () => {
  const { events, item: guide } = lapsed()
  const older = events.map((each) => {
    if (each.type !== 'terminated') return each
    const { toldBy: _unit, toBeServed: _owed, ...before } = each
    return before
  })
  const state = replay(guide, older)
  expect(state.isEndTold).toBeUndefined()
  expect(state.services).toBeUndefined()
  expect(owedPapers(state)).toEqual([])
  const last = older.at(-1)
  expect(last && documentKindOf(last, guide, state)).toBeNull()
})

import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { act, calendarOf, file, nothingMissing } from '../case/journeys/case-fixture'
import { suspended } from '../case/paper/clock-words'
import { dayIn } from '../kernel/plain-date'
import { clockTold } from './clock-messages'

const item = packItems().find(({ id }) => id === 'LX-045')
if (!item) throw new Error('no LX-045')
const stopped = act(act(nothingMissing(file(item, '2026-11-02')), 'accept'), 'suspend', {
  unitId: 'water',
  expectedDays: 7,
})
const event = stopped.events.at(-1)
if (event?.type !== 'clock-suspended') throw new Error('not stopped')

test('the card of what stops one part has room for the day before a long name is cut', () => {
  const message = clockTold(
    event,
    {
      caseId: 'case',
      caseNumber: '3418212611020001',
      item,
      after: stopped.state,
      due: { kind: 'calendar-missing', year: 2027 },
      newCard: null,
    },
    { today: dayIn(stopped.now), calendar: calendarOf(stopped), unitName: (unitId) => unitId },
    (title, line, word, note = '') => ({ title, line, word, note, day: dayIn(stopped.now) }),
  )
  expect(JSON.stringify(message?.data)).toContain('11月9日')
})

test('the article stands by the days that it takes out of the count, and not by those that go on', () => {
  const [said = ''] = suspended(
    { item, state: stopped.state, calendar: calendarOf(stopped), phone: null },
    event,
  ).paragraphs.map((each) => each.said)
  expect(said).toMatch(
    /不计算在本机关办理这一项的期限内，也不计算在整件的法定期限内（依据：《中华人民共和国行政许可法》第四十五条）；整件承诺的期限不因此停止计算。$/,
  )
  // What was stopped while the whole went on says so for ever.
  const { stopsLaw: _stopsLaw, ...before } = event as typeof event & { readonly stopsLaw?: true }
  const [old = ''] = suspended(
    { item, state: stopped.state, calendar: calendarOf(stopped), phone: null },
    before,
  ).paragraphs.map((each) => each.said)
  expect(old).toMatch(/不计算在本机关办理这一项的期限内（依据：[^）]+）；整件的办理期限不停，照常计算。$/)
})

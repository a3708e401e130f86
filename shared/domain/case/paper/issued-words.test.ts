import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import type { ServiceItem } from '../../service-item/item'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { act, file } from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { isIssuing } from './document-kinds'
import { issuedContent } from './issued-words'

const building = packItems().find(({ id }) => id === 'LX-025')
if (!building) throw new Error('no LX-025')

function answersTold(item: ServiceItem) {
  const { state, events } = act(driveTo(file(item, '2026-11-24'), 'publicity'), 'publish-notice')
  const event = events.at(-1)
  if (!event || !isIssuing(event)) throw new Error('nothing hangs')
  const { paragraphs } = issuedContent(event, {
    item,
    state,
    caseNumber: '3418212611240001',
    villageName: '大梁村',
    calendar: CALENDAR_2026,
    title: '公示',
    organ: '梅渚镇人民政府',
    phone: null,
    remedy: null,
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
  return paragraphs.flatMap(({ answers }) => answers?.keys ?? [])
}

test('a notice tells the answers that its item names, and of a confidential item none', () => {
  expect(answersTold(building)).toEqual(['geo', 'area', 'floors'])
  expect(answersTold({ ...building, confidential: true })).toEqual([])
})

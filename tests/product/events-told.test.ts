import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseEvent, CaseEventType } from '#shared/domain/case/events'
import { SPECIAL_PROCEDURES } from '#shared/domain/case/step/special-procedures'
import { dayWords } from '#shared/domain/kernel/day-words'
import { addDays, dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { StaffRole } from '#shared/domain/organization/staff'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// What an event holds reaches whoever decides next, and the applicant where it is theirs to know.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const today = () => dayIn(county.services.clock.now())
const day = (on: PlainDate) => dayWords(on, today())
const NAMES: Readonly<Record<string, string>> = {
  'window-justice': '陈雅琴',
  'reviewer-forest-1': '王子豪',
  'reviewer-forest-2': '卢美琴',
}

async function filed(itemId: string) {
  const born = await newcomer(county, { name: '严春甲', birth: '1960-03-05', villageCode: DALIANG, level: 3 })
  return { ...born, id: await file(county, { ...born, name: '严春甲' }, itemId) }
}

type Deed = readonly [staff: string, action: Parameters<typeof act>[2], more?: object]

/** Each with a reason that stands nowhere else. */
async function done(id: string, ...deeds: readonly Deed[]) {
  for (const [staff, action, more = {}] of deeds) {
    const before = (await caseOf(await county.as(staff), id)).version
    const reason = `第${before}版写明的缘由`
    const { status, body } = await act(await county.as(staff), id, action, { reason, ...more })
    expect(status, `${staff} ${action} ${JSON.stringify(body)}`).toBe(200)
  }
}

type Told<Type extends CaseEventType> = (event: Extract<CaseEvent, { type: Type }>) => readonly string[]

interface Facts<Type extends CaseEventType> {
  readonly tells: Told<Type>
  /** Why it was done is told. */
  readonly reason: boolean
  /** What of it the applicant does not read. */
  readonly own: 'all' | 'reason' | 'nothing'
}

const FACTS: { readonly [Type in CaseEventType]?: Facts<Type> } = {
  transferred: { tells: () => ['转到郎步街道'], reason: true, own: 'nothing' },
  assigned: { tells: ({ staffId }) => [NAMES[staffId] ?? '?'], reason: false, own: 'all' },
  examined: { tells: () => [], reason: false, own: 'reason' },
  returned: { tells: () => ['退回到“'], reason: true, own: 'all' },
  'visit-recorded': {
    tells: ({ officerIds }) => officerIds.map((id) => NAMES[id] ?? '?'),
    reason: true,
    own: 'reason',
  },
  'rectification-required': { tells: ({ recheckOn }) => [day(recheckOn)], reason: true, own: 'nothing' },
  'clock-suspended': {
    tells: ({ basis, expectedDays }) => [SPECIAL_PROCEDURES[basis], `${expectedDays} 天`],
    reason: true,
    own: 'nothing',
  },
  'limit-extended': { tells: ({ days }) => [`延长 ${days} `], reason: true, own: 'reason' },
  'approval-requested': { tells: () => ['请 郎溪县林业主管部门 部门审批 定'], reason: true, own: 'all' },
  'approval-rejected': { tells: () => [], reason: true, own: 'all' },
  'notice-published': { tells: () => ['公示 7 天，到 '], reason: false, own: 'nothing' },
  'objection-recorded': { tells: () => [], reason: true, own: 'reason' },
  refused: { tells: () => [], reason: true, own: 'nothing' },
  'payment-recorded': { tells: ({ paidOn }) => [day(paidOn)], reason: false, own: 'nothing' },
}

/** What both read of each event that has `FACTS`, beside the log as it is stored. */
async function isTold(id: string, staffId: string, applicant: Person) {
  const log = await county.services.database.rows<{ type: CaseEventType; payload: string }>(
    sql`select type, payload from case_events where case_id = ${id} order by sequence`,
  )
  const events = log.map(({ type, payload }) => ({ ...JSON.parse(payload), type }) as CaseEvent)
  const seen = { staff: await caseOf(await county.as(staffId), id), applicant: await caseOf(applicant, id) }
  const told = seen.staff.timeline.toReversed()
  expect(told.map(({ type }) => type)).toEqual(events.map(({ type }) => type))
  const applicantSees = JSON.stringify(seen.applicant)
  return events.flatMap((event, at) => {
    const facts = FACTS[event.type]
    if (!facts) return []
    const { note = null, id: eventId } = told[at] ?? {}
    const own = seen.applicant.timeline.find((each) => each.id === eventId)
    expect(own === undefined, `${event.type} is the office's own`).toBe(facts.own === 'all')
    const holds = (facts.tells as Told<CaseEventType>)(event as never)
    for (const read of own ? [note, own.note] : [note])
      expect(
        holds.filter((fact) => !read?.includes(fact)),
        `${event.type}: ${read}`,
      ).toEqual([])
    const reason = reasonIn(note)
    expect(reason !== null || !facts.reason, `${event.type} tells why`).toBe(true)
    // Why it had to be asked for is the reason of what was allowed.
    const isAllowed = event.type === 'approval-requested' && events[at + 1]?.type === 'limit-extended'
    if (reason) expect(applicantSees.includes(reason), event.type).toBe(facts.own === 'nothing' || isAllowed)
    return [event.type]
  })
}

const reasonIn = (note: string | null) => /第\d+版写明的缘由/.exec(note ?? '')?.[0] ?? null

const holder = async (role: StaffRole, unitId: string) =>
  (await county.app.reference.current()).holders(role, unitId)[0]?.id ?? ''

test('a permit with visits, an order, a special procedure, a return and requests', async () => {
  const { person, id } = await filed('LX-026')
  const [reviewer, approver] = ['reviewer-forest-1', 'approver-forest-1']
  const officerIds = [reviewer, 'reviewer-forest-2']
  await done(
    id,
    ['window-forest', 'accept', { reason: undefined }],
    [reviewer, 'pass'],
    [reviewer, 'record-visit', { officerIds }],
    [reviewer, 'require-rectification', { recheckOn: addDays(today(), 7) }],
  )
  await county.door('POST', 'clock', { advanceWorkingDays: 5 })
  await done(
    id,
    [reviewer, 'record-visit', { officerIds }],
    [reviewer, 'suspend', { basis: 'appraisal', expectedDays: 9 }],
    [reviewer, 'resume', { reason: undefined }],
    [reviewer, 'request-approval', { for: 'extend' }],
    [approver, 'reject-approval', { for: 'extend' }],
    [reviewer, 'request-approval', { for: 'extend' }],
    [approver, 'extend'],
    [reviewer, 'pass'],
    [approver, 'return', { toStepKey: 'review' }],
    [reviewer, 'pass'],
    [reviewer, 'record-visit', { officerIds }],
    [reviewer, 'pass'],
    [approver, 'refuse'],
  )
  const told = await isTold(id, approver, person)
  expect(new Set(told)).toEqual(
    new Set<CaseEventType>([
      'examined',
      'visit-recorded',
      'rectification-required',
      'clock-suspended',
      'approval-requested',
      'approval-rejected',
      'limit-extended',
      'returned',
      'refused',
    ]),
  )
})

test('help with a publicity, an objection and money', async () => {
  const { person, id } = await filed('LX-007')
  const [to] = (await caseOf(await county.as('zhao-min'), id)).staff?.transferTargets ?? []
  if (!to) throw new Error('nowhere to hand it to')
  await done(id, ['zhao-min', 'transfer', { toUnitId: to.unitId }])
  const [window, reviewer] = [
    await holder('town-window', to.unitId),
    await holder('town-reviewer', to.unitId),
  ]
  await done(
    id,
    [window, 'accept', { reason: undefined }],
    [reviewer, 'pass'],
    [reviewer, 'publish-notice', { reason: undefined }],
    [reviewer, 'record-objection'],
    [reviewer, 'pass'],
    [reviewer, 'publish-notice', { reason: undefined }],
  )
  await county.door('POST', 'clock', { advanceWorkingDays: 8 })
  await done(
    id,
    [reviewer, 'close-notice', { reason: undefined }],
    ['approver-civil-1', 'grant', { reason: undefined }],
    ['window-civil', 'pay', { paidOn: today(), reason: undefined }],
  )
  const told = await isTold(id, 'approver-civil-1', person)
  expect(told).toEqual(
    expect.arrayContaining(['transferred', 'notice-published', 'objection-recorded', 'payment-recorded']),
  )
})

test('who is to do it', async () => {
  const { person, id } = await filed('LX-050')
  await done(
    id,
    ['window-justice', 'accept', { reason: undefined }],
    ['approver-justice-1', 'grant', { reason: undefined }],
    ['window-justice', 'assign', { staffId: 'window-justice', reason: undefined }],
  )
  expect(await isTold(id, 'window-justice', person)).toEqual(['assigned'])
})

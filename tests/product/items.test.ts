import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { createRandom, type GenerationContext, packContext, packItems, validInput } from '../generated-input'
import { invalidInputs } from '../invalid-input'
import {
  asItShouldBe,
  type County,
  caseOf,
  countersign,
  newcomer,
  openCounty,
  type Person,
  paidBy,
} from './county'

const DALIANG = '341821105200'
const items = packItems()
const NO_UPLOAD = '00000000-0000-7000-8000-000000000000'
const SUMMER_ONLY = 'LX-004'

/** What a sensible office does next, in this order, where the case allows it. */
const PREFERRED: readonly AllowedAction['action'][] = [
  'verify',
  'accept',
  'grant',
  'publish-notice',
  'close-notice',
  'pass',
  'convene',
  'pay',
  'conclude',
  'deliver',
  'record-visit',
]

async function holderOf(county: County, role: string, unitId: string) {
  const rows = await county.services.database.rows<{ id: string }>(sql`select staff_id as id from staff_roles
    where role = ${role} and unit_id = ${unitId} order by acting, staff_id limit 1`)
  return rows[0]?.id
}

interface Pool {
  role: string
  unitId: string
}
const poolsOf = (county: County, caseId: string) =>
  county.services.database.rows<Pool>(sql`select role, unit_id as "unitId" from case_tasks
    where case_id = ${caseId}::uuid order by step_key, part_unit_id`)

/** A firm's papers come with whoever has its power: shown at the window, as long as it is not known otherwise. */
async function showPower(member: Person, view: CaseView) {
  if (!view.staff?.mayConfirmIdentity) return false
  const answer = await member.send('POST', `/api/cases/${view.id}/identity-confirmation`, {
    body: { version: view.version, reason: '看了委托书和营业执照' },
  })
  if (answer.status !== 200) throw new Error(`identity: ${JSON.stringify(answer.body)}`)
  return true
}

/** An act with everything that it asks for. */
function bodyOf(county: County, view: CaseView, staffId: string, allowed: AllowedAction) {
  const { action, stepKey, unitId } = allowed
  const colleague = view.staff?.colleagues.find((each) => each.staffId !== staffId)?.staffId ?? staffId
  return {
    action,
    stepKey,
    unitId,
    version: view.version,
    ...paidBy(allowed, view),
    ...(action === 'deliver' ? { method: view.staff?.deliveryMethods[0] } : {}),
    ...(action === 'pay' ? { paidOn: dayIn(county.services.clock.now()) } : {}),
    ...(action === 'record-visit'
      ? {
          officerIds: [staffId, colleague],
          reason: '现场和申请一致',
          ...asItShouldBe(view, { stepKey, unitId }),
        }
      : {}),
  }
}

/** Does one thing for the case, by somebody whose task it is: done, or nobody has a task, or all must wait. */
async function step(county: County, caseId: string): Promise<'done' | 'no-task' | 'waits'> {
  const pools = await poolsOf(county, caseId)
  for (const { role, unitId } of pools) {
    const staffId = await holderOf(county, role, unitId)
    if (staffId === undefined) throw new Error(`nobody holds ${role} in ${unitId}`)
    const member = await county.as(staffId)
    const view = await caseOf(member, caseId)
    if (await showPower(member, view)) return 'done'
    const action = PREFERRED.find((each) => view.staff?.allowed.some((allowed) => allowed.action === each))
    const allowed = view.staff?.allowed.find((each) => each.action === action)
    if (!allowed) continue
    const answer = await member.send('POST', `/api/cases/${caseId}/actions`, {
      body: bodyOf(county, view, staffId, allowed),
    })
    if (answer.status !== 200) throw new Error(`${action}: ${JSON.stringify(answer.body)}`)
    if (action === 'record-visit') await countersign(member, caseId)
    return 'done'
  }
  return pools.length === 0 ? 'no-task' : 'waits'
}

const MOST_ACTS_A_DAY = 30

/** Everything that can be done for a case today; true once its result is delivered. */
async function workOn(county: County, applicant: Person, caseId: string) {
  for (let acts = 0; acts < MOST_ACTS_A_DAY; acts += 1) {
    const went = await step(county, caseId)
    if (went === 'waits') return false
    if (went === 'no-task') break
  }
  return (await caseOf(applicant, caseId)).status === 'delivered'
}

/** Input that names uploads which do not exist yet, with real ones in their place. */
async function withUploads(person: Person, make: (uploadId: () => string) => object) {
  const wanted: string[] = []
  const input = make(() => {
    const id = `00000000-0000-7000-8000-${String(wanted.length).padStart(12, '0')}`
    wanted.push(id)
    return id
  })
  let body = JSON.stringify(input)
  for (const id of wanted) if (body.includes(id)) body = body.replaceAll(id, await person.upload())
  return body
}

/** The same for input whose uploads all bear the one placeholder. */
async function realUploads(person: Person, input: object) {
  let body = JSON.stringify(input)
  while (body.includes(NO_UPLOAD)) body = body.replace(NO_UPLOAD, await person.upload())
  return body
}

async function file(person: Person, item: ServiceItem, context: GenerationContext) {
  const body = await withUploads(person, (uploadId) => ({
    serviceItemId: item.id,
    ...validInput(item, createRandom(7), { ...context, uploadId }),
  }))
  return person.send<CaseCreated>('POST', '/api/cases', { body })
}

async function applicantIn(county: County): Promise<{ person: Person; context: GenerationContext }> {
  const name = '沈秀英'
  const { person, idNumber } = await newcomer(county, {
    name,
    birth: '1944-03-05',
    villageCode: DALIANG,
    level: 3,
  })
  const context = {
    ...packContext(dayIn(county.services.clock.now())),
    onFileCredentialCodes: new Set<string>(),
    uploadId: () => NO_UPLOAD,
    identity: { name, idNumber, mobile: '15400000001' },
    villageCode: DALIANG,
  }
  return { person, context }
}

describe.each([
  { startAt: '2026-11-24T09:42:00+08:00', dated: true },
  { startAt: '2026-12-28T09:42:00+08:00', dated: false },
])('all items from $startAt', ({ startAt, dated }) => {
  let county: County
  let person: Person
  let context: GenerationContext
  const filed = new Map<string, CaseCreated>()

  beforeAll(async () => {
    county = await openCounty({ START_AT: startAt })
    ;({ person, context } = await applicantIn(county))
  }, 60_000)
  afterAll(() => county.close())

  test('each is refused with a pointer to the fault', async () => {
    for (const item of items.filter(({ id }) => id !== SUMMER_ONLY)) {
      const faults = invalidInputs(item, createRandom(11), context)
      for (const { pointer, answers, materials } of faults.filter((_, index) => index % 9 === 0)) {
        const input = { serviceItemId: item.id, answers, materials }
        const body = pointer.startsWith('/materials')
          ? await realUploads(person, input)
          : JSON.stringify(input)
        const answer = await person.send<{ code: string; errors: { pointer: string }[] }>(
          'POST',
          '/api/cases',
          { body },
        )
        expect(answer, `${item.id} ${pointer}`).toMatchObject({
          status: 422,
          body: { code: 'application.invalid' },
        })
        expect(answer.body.errors.map((error) => error.pointer)).toContain(pointer)
      }
    }
  }, 120_000)

  test('each is filed', async () => {
    for (const item of items) {
      const answer = await file(person, item, context)
      if (item.id === SUMMER_ONLY) {
        expect(answer).toMatchObject({ status: 422, body: { code: 'service-item.closed' } })
        expect(JSON.stringify(answer.body)).toMatch(/7月1日.*8月15日/)
        continue
      }
      expect(answer.status, `${item.id} ${JSON.stringify(answer.body)}`).toBe(201)
      const { dueOn, dueBecause } = answer.body
      expect((dueOn === null) !== (dueBecause === null), item.id).toBe(true)
      if (!dated && item.promisedDays > 4 && item.fastTrack == null)
        expect(dueBecause?.kind, item.id).toMatch(/calendar-missing|waits-for/)
      filed.set(item.id, answer.body)
    }
    expect(filed.size).toBe(items.length - 1)
  }, 120_000)

  test('each is handled through its own steps to its end', async () => {
    const open = new Map([...filed].map(([itemId, { id }]) => [itemId, id]))
    for (let day = 0; open.size > 0 && day < 60; day += 1) {
      for (const [itemId, id] of open) if (await workOn(county, person, id)) open.delete(itemId)
      if (open.size > 0) await county.door('POST', 'clock', { advanceWorkingDays: 1 })
    }
    expect([...open.keys()]).toEqual([])
  }, 240_000)
})

test('the one with a window is filed inside it', async () => {
  const county = await openCounty({ START_AT: '2027-07-02T09:00:00+08:00' })
  const { person, context } = await applicantIn(county)
  const item = items.find(({ id }) => id === SUMMER_ONLY)
  if (!item) throw new Error('no item with a window')
  const answer = await file(person, item, context)
  await county.close()
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
}, 120_000)

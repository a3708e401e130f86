import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { Inbox } from '#shared/contract/reminder'
import type { IdentityChecks, Queue } from '#shared/contract/work'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { sealedIn } from '../../functions/platform/ports/sealed-in'
import { DALIANG } from '../e2e/scenes'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// A founder's form asks for no number: whoever types it at a counter says beside it who applies.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

interface Named {
  readonly name: string
  readonly idNumber: string
}
type Refused = CaseCreated & { code?: string; errors?: { pointer: string; code: string }[] }

const founder = async (name: string, level: 1 | 2 | 3 = 1) => ({
  ...(await newcomer(county, { name, birth: '1975-03-05', villageCode: DALIANG, level })),
  name,
})
const decides = (itemId: string) =>
  packItems()
    .find(({ id }) => id === itemId)
    ?.steps.find((step) => step.decides)?.key
const named = ({ name, idNumber }: Named): Named => ({ name, idNumber })
const masked = (idNumber: string) => idNumber.replace(/^(.{4}).*(.{4})$/, '$1**********$2')

async function typed(person: Person, entName: string, more: object, itemId = 'LX-032') {
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => person.upload()))
  const input = validInput(item, createRandom(7), {
    ...packContext(dayIn(county.services.clock.now())),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    villageCode: DALIANG,
  })
  const answers = entName === '' ? input.answers : { ...input.answers, entName }
  return person.send<Refused>('POST', '/api/cases', {
    body: { serviceItemId: itemId, ...input, answers, agent: false, channel: 'window', ...more },
  })
}

async function staffAt(role: 'window' | 'dept-approver', at = 0) {
  const { holders } = await county.app.reference.current()
  const id = holders(role, 'market')[at]?.id ?? ''
  return { id, person: await county.as(id) }
}
const window = async () => (await staffAt('window')).person
const foundBy = async (staff: Person, idNumber: string) =>
  (await staff.send<IdentityChecks>('POST', '/api/work/identity-checks', { body: { idNumber } })).body.cases
const confirmed = async (staff: Person, id: string, more: object = {}) =>
  staff.send<Refused>('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version: (await caseOf(staff, id)).version, reason: '本人带身份证来的', ...more },
  })
const inboxOf = async (person: Person) => (await person.send<Inbox>('GET', '/api/inbox')).body.items

/** Name and number of a member of staff. */
async function ownOf(staffId: string): Promise<Named> {
  const [row] = await county.services.database.rows<{ name: string; id: string; number: string }>(
    sql`select id, name_sealed as name, id_number_sealed as number from profiles
      where id_number_index = (select id_number_index from staff where id = ${staffId})`,
  )
  const opened = (sealed = '', key: 'name' | 'idNumber') =>
    county.services.cipher.decrypt(sealed, sealedIn.profile(row?.id ?? '', key))
  return { name: opened(row?.name, 'name'), idNumber: opened(row?.number, 'idNumber') }
}

async function granted(id: string) {
  expect((await act(await window(), id, 'accept')).status).toBe(200)
  const { person } = await staffAt('dept-approver')
  const { status, body } = await act(person, id, 'grant')
  expect(status, JSON.stringify(body)).toBe(200)
  return caseOf(person, id)
}

test.each(['LX-032', 'LX-033'])(
  'typed at a window with name and number it is the founder’s: %s',
  async (itemId) => {
    const owner = await founder(itemId === 'LX-032' ? '邬窗口' : '邬台口', 3)
    const staff = await window()
    const { status, body } = await typed(
      staff,
      `郎溪窗口${itemId}有限公司`,
      { applicant: named(owner) },
      itemId,
    )
    expect(status, JSON.stringify(body)).toBe(201)
    const { id } = body
    const seen = await caseOf(staff, id)
    expect(seen).toMatchObject({
      applicantMasked: '邬*口',
      enteredByStaff: true,
      identityConfirmed: false,
      staff: { identityBy: 'takeover', applicantUnnamed: false },
    })
    expect(seen.answers.slice(0, 2)).toMatchObject([
      { label: '申请人', text: owner.name },
      { label: '申请人身份证号', text: masked(owner.idNumber) },
    ])
    expect((await inboxOf(owner.person))[0]?.title).toContain('有人帮你申请了')
    expect(await caseOf(owner.person, id)).toMatchObject({ mayTakeOver: true })
    expect((await foundBy(staff, owner.idNumber)).map((each) => each.id)).toEqual([id])
    expect((await confirmed(staff, id)).status).toBe(200)
    await granted(id)
    expect((await caseOf(owner.person, id)).decision?.recipient).toBe(
      `${owner.name}（${masked(owner.idNumber)}）`,
    )
  },
)

test('it stays hers when something is brought to it, and when her account is confirmed', async () => {
  const owner = await founder('邬添补', 2)
  const staff = await window()
  const { body } = await typed(staff, '郎溪添补有限公司', { applicant: named(owner) })
  const added = await staff.send('POST', `/api/cases/${body.id}/additions`, {
    body: { version: body.version, answers: { mobile: '15400009999' } },
  })
  expect(added.status, JSON.stringify(added.body)).toBe(200)
  expect(await foundBy(staff, owner.idNumber)).toMatchObject([{ id: body.id, applicantMasked: '邬*补' }])
})

test('an approver who founds a firm does not decide on it, by whomever it was typed', async () => {
  const approver = await staffAt('dept-approver')
  const own = await ownOf(approver.id)
  const staff = await window()
  const { body } = await typed(staff, '郎溪回避有限公司', { applicant: own })
  expect((await act(staff, body.id, 'accept')).status).toBe(200)
  const { version, viewer, staff: acts } = await caseOf(approver.person, body.id)
  expect({ viewer, acts }).toEqual({ viewer: 'applicant', acts: null })
  const refused = await approver.person.send('POST', `/api/cases/${body.id}/actions`, {
    body: { action: 'grant', version, stepKey: decides('LX-032'), unitId: 'market' },
  })
  expect(refused).toMatchObject({ status: 403, body: { code: 'case.own-case' } })
})

test('whom it is for is said by staff alone, where the form does not ask, and with a number that can be one', async () => {
  const owner = await founder('邬不许')
  const staff = await window()
  const wrong = {
    name: '邬错号',
    idNumber: owner.idNumber.replace(/.$/, (last) => (last === '1' ? '2' : '1')),
  }
  const checked = await typed(staff, '郎溪错号有限公司', { applicant: wrong })
  expect(checked).toMatchObject({ status: 422, body: { errors: [{ pointer: '/applicant/idNumber' }] } })
  expect(JSON.stringify(checked.body)).not.toContain(wrong.idNumber)
  const asked = await typed(staff, '', { applicant: named(owner), channel: 'window' }, 'LX-034')
  expect(asked).toMatchObject({ status: 422, body: { errors: [{ pointer: '/applicant' }] } })
  const self = await founder('邬自己', 2)
  const own = await typed(self.person, '郎溪自己有限公司', { applicant: named(owner), channel: 'mini' })
  expect(own).toMatchObject({ status: 422, body: { errors: [{ pointer: '/applicant' }] } })
})

test('what was typed without anybody’s name gets it with the check of the card, in one act, and not before', async () => {
  const owner = await founder('邬后补', 3)
  const staff = await window()
  const { status, body } = await typed(staff, '郎溪后补有限公司', {})
  expect(status, JSON.stringify(body)).toBe(201)
  const { id } = body
  expect(await caseOf(staff, id)).toMatchObject({
    applicantMasked: '',
    staff: { mayConfirmIdentity: true, applicantUnnamed: true },
  })
  expect(await confirmed(staff, id)).toMatchObject({ status: 422, body: { code: 'case.applicant-unnamed' } })
  const bad = await confirmed(staff, id, { applicant: { name: '邬后补', idNumber: '341821197503050000' } })
  expect(bad).toMatchObject({ status: 422, body: { errors: [{ pointer: '/applicant/idNumber' }] } })
  const done = await confirmed(staff, id, { applicant: named(owner) })
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  const seen = await caseOf(staff, id)
  expect(seen).toMatchObject({ applicantMasked: '邬*补', identityConfirmed: true })
  expect(seen.staff?.applicantUnnamed).toBe(false)
  expect(seen.timeline.map(({ title }) => title)).toContain('写上了是谁申请的')
  expect(await caseOf(owner.person, id)).toMatchObject({ id })
  expect((await inboxOf(owner.person))[0]?.title).toContain('有人帮你申请了')
  // A name is written once.
  expect(await confirmed(staff, id, { applicant: named(owner) })).toMatchObject({ status: 409 })
  const rows = await county.services.database.rows<{ text: string }>(
    sql`select payload as text from case_events where case_id = ${id}::uuid
      union all select state::text from cases where id = ${id}::uuid
      union all select action || subject from audit_entries where subject = ${`case:${id}`}`,
  )
  expect(JSON.stringify(rows)).not.toContain(owner.idNumber)
  expect(rows.map(({ text }) => text).join()).toContain('applicant-named+identity-confirmed')
  await granted(id)
  expect((await caseOf(owner.person, id)).decision?.recipient).toBe(`邬后补（${masked(owner.idNumber)}）`)
})

test('whoever checks a card does not write themselves in, and a case that names somebody takes no other name', async () => {
  const member = await staffAt('window')
  const own = await ownOf(member.id)
  const { body } = await typed(member.person, '郎溪自核有限公司', {})
  expect(await confirmed(member.person, body.id, { applicant: own })).toMatchObject({
    status: 403,
    body: { code: 'case.own-case' },
  })
  const owner = await founder('邬有名')
  const other = await founder('邬换名')
  const known = await typed(member.person, '郎溪有名有限公司', { applicant: named(owner) })
  expect(await confirmed(member.person, known.body.id, { applicant: named(other) })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/applicant' }] },
  })
})

test('typed without saying who applies, it stands with its day and is reminded until the name is written', async () => {
  const { id: clerk, person: staff } = await staffAt('window')
  const { status, body } = await typed(staff, '', {}, 'LX-033')
  expect(status, JSON.stringify(body)).toBe(201)
  const queued = async () =>
    (await staff.send<Queue>('GET', '/api/work/cases')).body.items.find(({ caseId }) => caseId === body.id)
  const line = await queued()
  expect(line?.note).toBe('还没写是谁申请的')
  expect(line?.light?.kind).not.toBe('paused')
  expect(line?.dueOn).not.toBeNull()
  await county.door('POST', 'clock', { advanceWorkingDays: 3 })
  await county.app.jobs['remind-of-deadlines']()
  expect(await queued()).toMatchObject({ light: { kind: 'late' } })
  const told = await county.services.database.rows(
    sql`select kind from reminders where case_id = ${body.id}::uuid and kind like 'due-%' and recipient = ${`staff:${clerk}`}`,
  )
  expect(told).toContainEqual({ kind: 'due-late' })
  expect(await caseOf(staff, body.id)).toMatchObject({ status: 'submitted', dueOn: null, documents: [] })
  const owner = await founder('邬补名')
  expect((await confirmed(staff, body.id, { applicant: named(owner) })).status).toBe(200)
  // It was received when it was typed: the organ's own omission takes nothing of its days.
  expect(await queued()).toMatchObject({ light: { kind: 'late' } })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApplicationForm, CaseCreated } from '#shared/contract/application'
import type { CaseList } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { IdentityChecks } from '#shared/contract/work'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { DALIANG } from '../e2e/scenes'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// Where the form asks for no number and no name, whoever files is the applicant, and the case says so.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const founder = async (name: string, level: 2 | 3 = 2) => ({
  ...(await newcomer(county, { name, birth: '1975-03-05', villageCode: DALIANG, level })),
  name,
})
const masked = (idNumber: string) => idNumber.replace(/^(.{4}).*(.{4})$/, '$1**********$2')

async function file(person: Person, entName: string, itemId = 'LX-032') {
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => person.upload()))
  const input = validInput(item, createRandom(7), {
    ...packContext(dayIn(county.services.clock.now())),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    villageCode: DALIANG,
  })
  return person.send<CaseCreated & { caseId?: string }>('POST', '/api/cases', {
    body: { serviceItemId: itemId, ...input, answers: { ...input.answers, entName } },
  })
}
async function filed(person: Person, entName: string, itemId?: string) {
  const { status, body } = await file(person, entName, itemId)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id
}

async function staffOf(role: 'window' | 'dept-approver') {
  const { holders } = await county.app.reference.current()
  return county.as(holders(role, 'market')[0]?.id ?? '')
}
const window = () => staffOf('window')
const foundBy = async (staff: Person, idNumber: string) =>
  (await staff.send<IdentityChecks>('POST', '/api/work/identity-checks', { body: { idNumber } })).body.cases
const type = (person: Person, name: string, idNumber: string) =>
  person.send('POST', '/api/account/identity', { body: { name, idNumber } })
async function confirm({ person, personId }: { person: Person; personId: string }) {
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: personId,
    purpose: 'real-name',
  })
  return person.send('POST', '/api/account/identity-confirmation', { body: { code: body.code } })
}
const newestOf = async (person: Person) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items[0]?.title

/** Accepts and grants, and gives whom the decision addresses. */
async function decided(id: string, person: Person) {
  await act(await window(), id, 'accept')
  const { status, body } = await act(await staffOf('dept-approver'), id, 'grant')
  expect(status, JSON.stringify(body)).toBe(200)
  return (await caseOf(person, id)).decision?.recipient
}

test.each(['LX-032', 'LX-033'])(
  'a confirmed founder is named in the case and on its papers: %s',
  async (item) => {
    const { person, idNumber } = await founder('邬创业', 3)
    const id = await filed(person, `郎溪创业${item}有限公司`, item)
    const staff = await caseOf(await window(), id)
    expect(staff).toMatchObject({ applicantMasked: '邬*业', identityConfirmed: true })
    expect(staff.answers.slice(0, 2)).toMatchObject([
      { label: '申请人', text: '邬创业' },
      { label: '申请人身份证号', text: masked(idNumber) },
    ])
    const list = (await person.send<CaseList>('GET', '/api/cases')).body.items
    expect(list[0]).toMatchObject({ id, applicantMasked: '邬*业', filedByOther: false })
    expect(await decided(id, person)).toBe(`邬创业（${masked(idNumber)}）`)
  },
)

test('the number of the card opens a founder’s case at the counter, and the check names her on the paper', async () => {
  const { person, idNumber } = await founder('邬当面')
  const id = await filed(person, '郎溪当面有限公司')
  const staff = await window()
  const [found, ...others] = await foundBy(staff, idNumber)
  expect(found).toMatchObject({ id, applicantMasked: '邬*面' })
  expect(others).toEqual([])
  const checked = await staff.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version: found?.version, reason: '本人带身份证来的' },
  })
  expect(checked.status, JSON.stringify(checked.body)).toBe(200)
  // What was checked face to face does not follow what is typed later.
  await type(person, '邬改名', idNumber)
  expect(await decided(id, person)).toBe(`邬当面（${masked(idNumber)}）`)
})

test('who had typed her number wrong types it right: the case follows, and the confirmation reaches it', async () => {
  const wrong = (await founder('邬别人')).idNumber
  const born = await founder('邬写错', 2)
  const { person, idNumber } = born
  await type(person, '邬写借', wrong)
  const id = await filed(person, '郎溪写错有限公司')
  const staff = await window()
  const before = (await foundBy(staff, wrong)).find((each) => each.id === id)
  expect(before).toMatchObject({ applicantMasked: '邬*借' })
  expect((await type(person, '邬写错', idNumber)).status).toBe(200)
  expect((await foundBy(staff, wrong)).map((each) => each.id)).not.toContain(id)
  // Whoever has looked before looks again: it is another name and number.
  const late = await staff.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version: before?.version, reason: '本人带身份证来的' },
  })
  expect(late).toMatchObject({ status: 409, body: { code: 'case.state-changed' } })
  expect(await foundBy(staff, idNumber)).toMatchObject([{ id, applicantMasked: '邬*错' }])
  expect((await confirm(born)).status).toBe(200)
  expect(await caseOf(person, id)).toMatchObject({ identityConfirmed: true, identityAwaited: null })
  // The confirmation bars a second one at once, before anything else has happened to the case.
  expect(await file(person, '郎溪写错有限公司')).toMatchObject({ status: 409, body: { caseId: id } })
  expect(await decided(id, person)).toBe(`邬写错（${masked(idNumber)}）`)
  const { timeline } = await caseOf(staff, id)
  expect(timeline.map((each) => each.title)).toContain('申请人改了自己的姓名、证件号')
})

test('a number that is another’s makes the case the other’s, who is told and takes it over under the right name', async () => {
  const owner = await founder('邬真人', 3)
  const { person } = await founder('邬借号')
  const id = await filed(person, '郎溪借号有限公司')
  expect((await type(person, '邬冒名', owner.idNumber)).status).toBe(200)
  expect(await newestOf(owner.person)).toBe('开公司有人帮你申请了')
  const seen = await caseOf(owner.person, id)
  expect(seen).toMatchObject({ mayTakeOver: true, identityConfirmed: false })
  const taken = await owner.person.send('POST', `/api/cases/${id}/takeover`, {
    body: { version: seen.version },
  })
  expect(taken.status, JSON.stringify(taken.body)).toBe(200)
  expect((await person.send('GET', `/api/cases/${id}`)).status).toBe(404)
  expect(await caseOf(owner.person, id)).toMatchObject({ identityConfirmed: true, applicantMasked: '邬*人' })
  expect(await decided(id, owner.person)).toBe(`邬真人（${masked(owner.idNumber)}）`)
})

test('what is brought to a founder’s case leaves its applicant as it is', async () => {
  const { person, idNumber } = await founder('邬补充')
  const id = await filed(person, '郎溪补充有限公司')
  const { version } = await caseOf(person, id)
  const added = await person.send('POST', `/api/cases/${id}/additions`, {
    body: { version, answers: { mobile: '15400009999' } },
  })
  expect(added.status, JSON.stringify(added.body)).toBe(200)
  expect(await foundBy(await window(), idNumber)).toMatchObject([{ id, applicantMasked: '邬*充' }])
})

test('the form says who applies by filing it, and nobody where it asks for a number', async () => {
  const { person } = await founder('邬创业')
  const filerOf = async (itemId: string, who: Person) =>
    (await who.send<ApplicationForm>('GET', `/api/service-items/${itemId}/form`)).body.filerMasked
  expect(await filerOf('LX-032', person)).toBe('邬*业')
  expect(await filerOf('LX-005', person)).toBeNull()
})

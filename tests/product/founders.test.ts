import { sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ApplicationForm, CaseCreated } from '#shared/contract/application'
import type { CaseList } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { IdentityChecks } from '#shared/contract/work'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { DALIANG } from '../e2e/scenes'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, askedBy, type County, caseOf, newcomer, openCounty, type Person } from './county'

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
const TYPED_ANEW =
  '批以前要核一次身份：名字或证件号和你现在登记的不一样，在微信里核过，这件就改成你核过的；也可以撤回，再申请'
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

test('who had typed her number wrong puts it right by being confirmed, and the case with it', async () => {
  const wrong = (await founder('邬别人')).idNumber
  const born = await founder('邬写错', 2)
  const { person, idNumber } = born
  await type(person, '邬写借', wrong)
  const id = await filed(person, '郎溪写错有限公司')
  const staff = await window()
  expect(await caseOf(person, id)).toMatchObject({ identityAwaited: { inWechat: true } })
  expect((await type(person, '邬写错', idNumber)).status).toBe(200)
  // What is merely typed changes nothing; the page says how it is put right.
  const before = (await foundBy(staff, wrong)).find((each) => each.id === id)
  expect(before).toMatchObject({ applicantMasked: '邬*借' })
  expect((await caseOf(person, id)).identityAwaited).toEqual({ words: TYPED_ANEW, inWechat: true })
  const list = (await person.send<CaseList>('GET', '/api/cases')).body.items
  expect(list[0]).toMatchObject({ id, identityAwaited: TYPED_ANEW })

  expect((await confirm(born)).status).toBe(200)
  expect((await foundBy(staff, wrong)).map((each) => each.id)).not.toContain(id)
  // Whoever has looked before looks again: it is another name and number.
  const late = await staff.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version: before?.version, reason: '本人带身份证来的' },
  })
  expect(late).toMatchObject({ status: 409, body: { code: 'case.state-changed' } })
  expect(await caseOf(person, id)).toMatchObject({ identityConfirmed: true, identityAwaited: null })
  // The confirmation bars a second one at once, before anything else has happened to the case.
  expect(await file(person, '郎溪写错有限公司')).toMatchObject({ status: 409, body: { caseId: id } })
  expect(await decided(id, person)).toBe(`邬写错（${masked(idNumber)}）`)
  const { timeline } = await caseOf(staff, id)
  expect(timeline.find(({ title }) => title === '姓名、证件号按核实的改正')).toMatchObject({ note: null })
})

test('a decision stays addressed to whom it was addressed, whatever is typed or confirmed later', async () => {
  const other = (await founder('邬先前')).idNumber
  const born = await founder('邬后来', 2)
  await type(born.person, '邬先前', other)
  const id = await filed(born.person, '郎溪后来有限公司')
  await act(await window(), id, 'accept')
  const refused = await act(await staffOf('dept-approver'), id, 'refuse', { reason: '材料对不上' })
  expect(refused.status, JSON.stringify(refused.body)).toBe(200)
  const to = `邬先前（${masked(other)}）（申请人身份未经核实）`
  await type(born.person, born.name, born.idNumber)
  expect((await caseOf(born.person, id)).decision?.recipient).toBe(to)
  expect((await confirm(born)).status).toBe(200)
  expect((await caseOf(born.person, id)).decision?.recipient).toBe(to)
  expect(await caseOf(await window(), id)).toMatchObject({ applicantMasked: '邬*前' })
})

test('of several that follow the confirmation, whoever loses one hears it, and who works on it too', async () => {
  const owner = await founder('邬失主', 3)
  const born = await founder('邬归还', 2)
  await type(born.person, owner.name, owner.idNumber)
  const [one, two] = [
    await filed(born.person, '郎溪归还一有限公司'),
    await filed(born.person, '郎溪归还二有限公司', 'LX-033'),
  ]
  await act(await window(), one, 'accept')
  await type(born.person, born.name, born.idNumber)
  expect(await caseOf(owner.person, one)).toMatchObject({ mayTakeOver: true })
  expect((await confirm(born)).status).toBe(200)
  for (const id of [one, two]) {
    expect((await owner.person.send('GET', `/api/cases/${id}`)).status).toBe(404)
    expect(await caseOf(born.person, id)).toMatchObject({ applicantMasked: '邬*还', identityConfirmed: true })
  }
  const lost = (await owner.person.send<Inbox>('GET', '/api/inbox')).body.items
  expect(lost.filter(({ title }) => title.endsWith('不是你的事了'))).toHaveLength(2)
  // What was not sent to them yet does not go out any more.
  const unsent = await county.services.database.rows(sql`select 1 from reminders r join profiles p
    on r.recipient = 'profile:' || p.id where p.id_number_index = ${county.services.cipher.blindIndex('id-number', owner.idNumber)}
      and r.case_id in (${one}::uuid, ${two}::uuid) and r.kind = 'filed' and r.sent_at is null and r.dropped_at is null`)
  expect(unsent).toEqual([])
  expect(await newestOf(born.person)).not.toContain('有人帮你申请了')
  const approver = await staffOf('dept-approver')
  const told = (await approver.send<Inbox>('GET', '/api/inbox')).body.items.find(({ page }) =>
    page.includes(one),
  )
  expect(told).toMatchObject({ title: '开公司：申请人核过了身份' })
  expect(told?.lines[0]).toBe('姓名、证件号按核实的改正')
  expect((await caseOf(approver, one)).staff?.changedSince).toMatchObject([
    { note: '姓名、证件号按核实的改正' },
  ])
})

test('a second account of the same person brings its cases under the confirmed name when the two become one', async () => {
  const owner = await founder('邬一人', 3)
  const other = (await founder('邬旁人')).idNumber
  const { body } = await county.door<{ id: string }>('POST', 'people', {
    name: owner.name,
    birth: '1975-03-05',
    villageCode: DALIANG,
    sameAs: owner.personId,
  })
  const second = { person: await county.logIn(body.id), personId: body.id }
  await type(second.person, '邬旁人', other)
  const id = await filed(second.person, '郎溪两机有限公司')
  await type(second.person, owner.name, owner.idNumber)
  const joined = await confirm(second)
  expect(joined.status, JSON.stringify(joined.body)).toBe(200)
  expect(await caseOf(owner.person, id)).toMatchObject({
    applicantMasked: '邬*人',
    identityConfirmed: true,
    filedByOther: false,
  })
  expect(await newestOf(owner.person)).not.toContain('有人帮你申请了')
})

test('what an owner has brought something to stays the owner’s when whoever filed it is confirmed as another', async () => {
  const owner = await founder('邬交件', 3)
  const born = await founder('邬借件', 2)
  await type(born.person, owner.name, owner.idNumber)
  const id = await filed(born.person, '郎溪交件有限公司')
  const { version } = await caseOf(owner.person, id)
  const added = await owner.person.send('POST', `/api/cases/${id}/additions`, {
    body: { version, answers: { mobile: '15400008888' } },
  })
  expect(added.status, JSON.stringify(added.body)).toBe(200)
  await type(born.person, born.name, born.idNumber)
  // WeChat will change nothing here, so neither page nor list sends there.
  const { identityAwaited } = await caseOf(born.person, id)
  expect(identityAwaited?.inWechat).toBe(false)
  expect(identityAwaited?.words).toMatch(/你在微信里核过它也不改；申请时写的本人带身份证到窗口、村里核$/)
  const [listed] = (await born.person.send<CaseList>('GET', '/api/cases')).body.items
  expect(listed?.identityAwaited).toContain(identityAwaited?.words)
  expect((await confirm(born)).status).toBe(200)
  expect(await caseOf(owner.person, id)).toMatchObject({ applicantMasked: '邬*件', mayTakeOver: true })
  expect(JSON.stringify((await caseOf(born.person, id)).answers)).not.toContain('8888')
})

test('a number that is a confirmed other’s makes the case theirs: whoever filed it reads what they brought alone', async () => {
  const owner = await founder('邬真主', 3)
  const { person } = await founder('邬借名')
  await type(person, owner.name, owner.idNumber)
  const id = await filed(person, '郎溪看照片有限公司')
  expect(await newestOf(owner.person)).toBe('开公司有人帮你申请了')
  const seen = await caseOf(owner.person, id)
  const [name = ''] = seen.addable.papers
  const photo = await owner.person.upload()
  const added = await owner.person.send('POST', `/api/cases/${id}/additions`, {
    body: {
      version: seen.version,
      materials: [{ name, files: [photo] }],
      answers: { mobile: '15400008888' },
    },
  })
  expect(added.status, JSON.stringify(added.body)).toBe(200)
  const theirs = (await caseOf(owner.person, id)).papers.flatMap(({ files }) => files)
  const filer = await caseOf(person, id)
  expect(filer).toMatchObject({ mayWithdraw: false, addable: { fields: [] } })
  const readable = filer.papers.flatMap(({ files }) => files).map(({ url }) => url)
  const hidden = theirs.filter(({ url }) => !readable.includes(url))
  expect(hidden).toHaveLength(1)
  expect((await person.fetchFile(hidden[0]?.url ?? '')).status).toBe(404)
  expect(JSON.stringify(filer.answers)).not.toContain('8888')
  const overwrites = await person.send('POST', `/api/cases/${id}/additions`, {
    body: { version: filer.version, answers: { mobile: '15400009999' } },
  })
  expect(overwrites.status).toBe(422)
})

test('a number that is another’s makes the case the other’s, who is told and takes it over under the right name', async () => {
  const owner = await founder('邬真人', 3)
  const { person } = await founder('邬借号')
  expect((await type(person, '邬冒名', owner.idNumber)).status).toBe(200)
  const id = await filed(person, '郎溪借号有限公司')
  expect(await newestOf(owner.person)).toBe('开公司有人帮你申请了')
  await act(await window(), id, 'accept')
  const seen = await caseOf(owner.person, id)
  expect(seen).toMatchObject({ mayTakeOver: true, identityConfirmed: false })
  const taken = await owner.person.send('POST', `/api/cases/${id}/takeover`, {
    body: { version: seen.version },
  })
  expect(taken.status, JSON.stringify(taken.body)).toBe(200)
  expect((await person.send('GET', `/api/cases/${id}`)).status).toBe(404)
  expect(await caseOf(owner.person, id)).toMatchObject({ identityConfirmed: true, applicantMasked: '邬*人' })
  const approver = await staffOf('dept-approver')
  expect((await caseOf(approver, id)).staff?.changedSince).toMatchObject([{ note: '姓名按核实的改正' }])
  const granted = await act(approver, id, 'grant')
  expect(granted.status, JSON.stringify(granted.body)).toBe(200)
  const { decision, timeline } = await caseOf(owner.person, id)
  expect(decision?.recipient).toBe(`邬真人（${masked(owner.idNumber)}）`)
  expect(timeline.map(({ type: each }) => each)).not.toContain('added')
})

test('filed in the moment in which another name is typed and confirmed, it bears the confirmed one', async () => {
  const born = await founder('邬当时', 2)
  const other = (await founder('邬片刻')).idNumber
  await type(born.person, '邬片刻', other)
  // Between what filing reads of who files and what it writes.
  const database = askedBy(county)
  const { rows } = database
  let done = false
  const between = vi.spyOn(database, 'rows').mockImplementation(async (...given: Parameters<typeof rows>) => {
    const text = new PgDialect().sqlToQuery(given[0] as never).sql
    if (!done && text.includes('case_number_days')) {
      done = true
      await type(born.person, born.name, born.idNumber)
      await confirm(born)
    }
    return rows.apply(database, given)
  })
  const id = await filed(born.person, '郎溪当时有限公司')
  between.mockRestore()
  expect(done).toBe(true)
  expect(await caseOf(born.person, id)).toMatchObject({ applicantMasked: '邬*时', identityConfirmed: true })
})

test('a case that moves on in the moment of the confirmation follows it all the same', async () => {
  const born = await founder('邬同时', 2)
  const other = (await founder('邬偏巧')).idNumber
  await type(born.person, '邬偏巧', other)
  const id = await filed(born.person, '郎溪同时有限公司')
  await type(born.person, born.name, born.idNumber)
  const staff = await window()
  const database = askedBy(county)
  const { rows } = database
  let done = false
  const between = vi.spyOn(database, 'rows').mockImplementation(async (...given: Parameters<typeof rows>) => {
    const text = new PgDialect().sqlToQuery(given[0] as never).sql
    if (!done && text.includes('confirmed_at = ')) {
      done = true
      await act(staff, id, 'accept')
    }
    return rows.apply(database, given)
  })
  expect((await confirm(born)).status).toBe(200)
  between.mockRestore()
  expect(done).toBe(true)
  expect(await caseOf(born.person, id)).toMatchObject({ applicantMasked: '邬*时', identityConfirmed: true })
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

test.each([
  ['LX-033', '2009-11-25', /^申请人不满 18 岁。.*农民专业合作社法.*民法典 第十八条/],
  ['LX-033', '2008-11-24', null],
  ['LX-032', '2009-11-25', null],
] as const)('a founder of %s born on %s: the desk is warned, and may accept', async (item, birth, words) => {
  const young = { ...(await newcomer(county, { name: '邬年少', birth, villageCode: DALIANG, level: 3 })) }
  const id = await filed(young.person, `郎溪年少${item}${birth}社`, item)
  const staff = await window()
  const { capacityWarning } = (await caseOf(staff, id)).staff ?? {}
  if (words === null) expect(capacityWarning).toBeNull()
  else expect(capacityWarning).toMatch(words)
  expect((await act(staff, id, 'accept')).status).toBe(200)
})

test('the form says who applies by filing it, and nobody where it asks for a number', async () => {
  const { person } = await founder('邬创业')
  const filerOf = async (itemId: string, who: Person) =>
    (await who.send<ApplicationForm>('GET', `/api/service-items/${itemId}/form`)).body.filerName
  expect(await filerOf('LX-032', person)).toBe('邬创业')
  expect(await filerOf('LX-005', person)).toBeNull()
})

test('whose number was typed stays barred when whoever filed it is confirmed as another', async () => {
  const [clerk, colleague] = [await county.as('qian-xiaoli'), await county.as('liaison-market')]
  const born = await founder('邬借号')
  await type(born.person, '钱小丽', '341821199207140349')
  const id = await filed(born.person, '郎溪借号有限公司', 'LX-033')
  const accept = async (staff: Person, version: number) =>
    staff.send('POST', `/api/cases/${id}/actions`, {
      body: { version, action: 'accept', stepKey: 'accept', unitId: 'market' },
    })
  expect(await accept(clerk, 1)).toMatchObject({ status: 403, body: { code: 'case.own-case' } })
  await type(born.person, born.name, born.idNumber)
  expect((await confirm(born)).status).toBe(200)
  const { version } = await caseOf(colleague, id)
  expect(await accept(clerk, version)).toMatchObject({ status: 404, body: { code: 'case.not-found' } })
  expect((await accept(colleague, version)).status).toBe(200)
})

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseChanged, CaseList } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// Owner and filer of one case: what is the owner's alone, and what comes of it when it was somebody else's.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const DALIANG = '341821105200'
const BIRTH = '1944-03-05'
const [CARD, REGISTER, BANK] = ['居民身份证', '居民户口簿', '社会保障卡（或本人银行卡）'] as const

let people = 0
async function resident(level: 2 | 3 = 3) {
  people += 1
  const name = `高寿${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'.charAt(people)}`
  const born = await newcomer(county, { name, birth: BIRTH, villageCode: DALIANG, level })
  return { ...born, name }
}
type Resident = Awaited<ReturnType<typeof resident>>

async function allowance(person: Person, { name, idNumber }: Resident, more: object = {}) {
  const materials = await Promise.all(
    [CARD, REGISTER, BANK].map(async (each) => ({ name: each, files: [await person.upload()] })),
  )
  const answers = { name, idNo: idNumber, mobile: '15400000003', villageCode: DALIANG, birth: BIRTH }
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-005',
      answers: { ...answers, bankCard: '6299000043030583308' },
      materials,
      ...more,
    },
  })
  expect(filed, JSON.stringify(filed.body)).toMatchObject({ status: 201 })
  return filed.body
}

const send = async (person: Person, id: string, door: string, body: object = {}) =>
  person.send<CaseChanged & { errors?: readonly { pointer: string; message: string }[] }>(
    'POST',
    `/api/cases/${id}/${door}`,
    { body: { version: (await caseOf(person, id)).version, ...body } },
  )
const askFor = async (id: string, ...fields: readonly string[]) =>
  act(await county.as('zhao-min'), id, 'request-correction', {
    reason: '再对一遍',
    items: fields.map((name) => ({ kind: 'field', name, reason: '再对一遍' })),
  })
const titlesOf = async (person: Person, { caseNumber }: { caseNumber: string }) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items
    .filter(({ lines }) => lines.some((line) => line.includes(caseNumber)))
    .map(({ title }) => title)

test('a case in which its owner has taken part does not become somebody else’s', async () => {
  const [owner, other, filer] = [await resident(), await resident(), await resident(2)]
  const { id } = await allowance(filer.person, owner, { agent: true })
  const materials = [{ name: CARD, files: [await owner.person.upload()] }]
  expect((await send(owner.person, id, 'additions', { materials })).status).toBe(200)
  const asked = await askFor(id, 'name', 'idNo')
  expect(asked).toMatchObject({ status: 422, body: { code: 'case.identity-fixed' } })
  const choices = (await caseOf(await county.as('zhao-min'), id)).staff?.correctionChoices ?? []
  expect(choices.map(({ name }) => name)).not.toContain('idNo')

  const second = await allowance(filer.person, owner, { agent: true })
  await askFor(second.id, 'name', 'idNo')
  expect(
    (
      await send(owner.person, second.id, 'additions', {
        materials: [{ name: REGISTER, files: [await owner.person.upload()] }],
      })
    ).status,
  ).toBe(200)
  const swapped = await send(filer.person, second.id, 'supplement', {
    answers: { name: other.name, idNo: other.idNumber },
  })
  expect(swapped).toMatchObject({ status: 422, body: { code: 'application.invalid' } })
  expect(swapped.body.errors?.[0]?.message).toContain('本人')
  expect((await owner.person.send('GET', `/api/cases/${second.id}`)).status).toBe(200)
  // As they are they are an answer.
  const same = await send(filer.person, second.id, 'supplement', {
    answers: { name: owner.name, idNo: owner.idNumber },
  })
  expect(same, JSON.stringify(same.body)).toMatchObject({ status: 200 })
})

test('who loses a case that was theirs by mistake is told so once, and is sent nothing more of it', async () => {
  const [wrong, right, filer] = [await resident(), await resident(), await resident(2)]
  const filed = await allowance(filer.person, wrong, { agent: true })
  await askFor(filed.id, 'name', 'idNo')
  const answers = { name: right.name, idNo: right.idNumber }
  expect((await send(filer.person, filed.id, 'supplement', { answers })).status).toBe(200)
  expect((await wrong.person.send('GET', `/api/cases/${filed.id}`)).status).toBe(404)
  const told = await titlesOf(wrong.person, filed)
  expect(told.filter((title) => title === '高龄津贴不是你的事了')).toHaveLength(1)
  await act(await county.as('zhao-min'), filed.id, 'accept')
  expect(await titlesOf(wrong.person, filed)).toEqual(told)
})

test('papers and answers of the owner are the owner’s: whoever filed reads what they filed', async () => {
  const [owner, filer] = [await resident(), await resident(2)]
  const { id } = await allowance(filer.person, owner, { agent: true })
  const materials = [{ name: CARD, files: [await owner.person.upload()] }]
  const added = await send(owner.person, id, 'additions', { answers: { mobile: '15400000077' }, materials })
  expect(added.status).toBe(200)
  const card = async (person: Person) => (await caseOf(person, id)).papers.find(({ name }) => name === CARD)
  const whole = await card(owner.person)
  expect(whole?.files).toHaveLength(2)
  const seen = await card(filer.person)
  expect(seen).toMatchObject({ withheld: '申请人本人交的' })
  expect(seen?.files).toHaveLength(1)
  const [own, others] = [0, 1].map((at) => whole?.files[at]?.url ?? '')
  expect((await filer.person.fetchFile(own ?? '')).status).toBe(200)
  expect((await filer.person.fetchFile(others ?? '')).status).toBe(404)
  expect((await owner.person.fetchFile(own ?? '')).status).toBe(200)
  const window = await county.as('zhao-min')
  expect((await card(window))?.files).toHaveLength(2)
  expect((await window.fetchFile(others ?? '')).status).toBe(200)
  const mobile = async (person: Person) =>
    (await caseOf(person, id)).answers.find(({ key }) => key === 'mobile')?.text
  expect(await mobile(filer.person)).toBe('申请人本人填的')
  expect(await mobile(owner.person)).toContain('0077')
})

test('an answer of the owner is not shown to the filer in a later notice either', async () => {
  const [owner, filer] = [await resident(), await resident(2)]
  const { id } = await allowance(filer.person, owner, { agent: true })
  await askFor(id, 'agentRel')
  const item = (await caseOf(owner.person, id)).correction?.fields ?? []
  const answers = Object.fromEntries(
    item.map((field) => [field.key, 'options' in field ? (field.options as readonly string[]).at(-1) : '']),
  )
  const answered = await send(owner.person, id, 'supplement', { answers })
  expect(answered, JSON.stringify(answered.body)).toMatchObject({ status: 200 })
  const shown = (await caseOf(filer.person, id)).answers.filter(({ key }) => key in answers)
  expect(new Set(shown.map(({ text }) => text))).toEqual(new Set(['申请人本人填的']))
})

test.each(['withdrawn', 'declined', 'granted', 'terminated'])(
  'a case that is %s is not taken over',
  async (how) => {
    const [owner, filer] = [await resident(), await resident(2)]
    const { id } = await allowance(filer.person, owner, { agent: true })
    const window = await county.as('zhao-min')
    const end = {
      withdrawn: () => send(owner.person, id, 'withdrawal'),
      declined: () => act(window, id, 'decline', { reason: '不归这里办' }),
      terminated: () => act(window, id, 'terminate', { reason: 'deceased' }),
      granted: async () => {
        await send(window, id, 'identity-confirmation', { reason: '本人在面前' })
        await act(window, id, 'accept')
        return act(await county.as('sun-zhiyuan'), id, 'grant')
      },
    }[how]
    expect((await end?.())?.status).toBe(200)
    expect(await caseOf(owner.person, id)).toMatchObject({ mayTakeOver: false })
    expect(await send(owner.person, id, 'takeover')).toMatchObject({
      status: 409,
      body: { code: 'case.action-not-allowed' },
    })
  },
)

test('what was not yet sent to whoever filed is dropped with the takeover', async () => {
  const [owner, filer] = [await resident(), await resident(2)]
  const filed = await allowance(filer.person, owner, { agent: true })
  await act(await county.as('zhao-min'), filed.id, 'accept')
  // Nothing of it is under way any more, in the drain that the act began either.
  await county.app.jobs['drain-reminders']()
  const open = sql`case_id = ${filed.id}::uuid and kind = 'accepted' and recipient like 'profile:%'`
  const underWay = () =>
    county.services.database.rows(sql`select 1 from reminders
      where ${open} and sent_at is null and dropped_at is null`)
  await expect.poll(underWay, { timeout: 10_000 }).toEqual([])
  await county.services.database.rows(
    sql`update reminders set sent_at = null, may_be_out = false, dropped_at = null,
      available_at = now() + interval '9 days' where ${open}`,
  )
  expect((await send(owner.person, filed.id, 'takeover')).status).toBe(200)
  const rows = await county.services.database.rows<{ dropped: boolean; owner: boolean }>(sql`
    select dropped_at is not null as dropped,
      recipient = 'profile:' || (select owner_id from cases where id = ${filed.id}::uuid) as owner
    from reminders where ${open}`)
  expect(rows.find((row) => !row.owner)).toMatchObject({ dropped: true })
  expect(rows.find((row) => row.owner)).toMatchObject({ dropped: false })
  expect(await titlesOf(filer.person, filed)).not.toContain('高龄津贴受理了')
  expect(await titlesOf(filer.person, filed)).toContain('高龄津贴由本人接着办')
})

test('the one rating is the owner’s once they have taken part, and till then whoever filed gives it too', async () => {
  const [owner, filer] = [await resident(), await resident(2)]
  const finish = async (id: string) => {
    const window = await county.as('zhao-min')
    await send(window, id, 'identity-confirmation', { reason: '本人在面前' })
    await act(window, id, 'accept')
    await act(await county.as('sun-zhiyuan'), id, 'grant')
    await act(window, id, 'conclude')
  }
  const rate = (person: Person, id: string) =>
    person.send('POST', `/api/cases/${id}/rating`, { body: { level: 5, reasons: [] } })
  const { id } = await allowance(filer.person, owner, { agent: true })
  const materials = [{ name: CARD, files: [await owner.person.upload()] }]
  expect((await send(owner.person, id, 'additions', { materials })).status).toBe(200)
  await finish(id)
  expect(await caseOf(filer.person, id)).toMatchObject({ mayRate: false })
  const { items } = (await filer.person.send<CaseList>('GET', '/api/cases')).body
  expect(items.find((each) => each.id === id)?.waitsForMe).toBe('none')
  expect(await rate(filer.person, id)).toMatchObject({
    status: 409,
    body: { code: 'case.action-not-allowed' },
  })
  expect(await caseOf(owner.person, id)).toMatchObject({ mayRate: true })
  expect((await rate(owner.person, id)).status).toBe(201)

  // Whether anybody has the number is told to nobody.
  for (const applicant of [await resident(2), await resident(3)]) {
    const alone = await allowance(filer.person, applicant, { agent: true })
    await finish(alone.id)
    expect(await caseOf(filer.person, alone.id)).toMatchObject({ mayRate: true })
    const listed = (await filer.person.send<CaseList>('GET', '/api/cases')).body.items
    expect(listed.find((each) => each.id === alone.id)?.waitsForMe).toBe('rating')
    expect((await rate(filer.person, alone.id)).status).toBe(201)
  }
})

test('what one did from an account that was joined reads as one’s own', async () => {
  const owner = await resident()
  const born = await county.door<{ id: string }>('POST', 'people', {
    name: owner.name,
    birth: BIRTH,
    villageCode: DALIANG,
  })
  const second = await county.logIn(born.body.id)
  const codeFor = async (purpose: string) =>
    (await county.door<{ code: string }>('POST', 'login-codes', { person: born.body.id, purpose })).body.code
  await second.send('POST', '/api/account/phone', { body: { code: await codeFor('phone') } })
  await second.send('POST', '/api/account/identity', {
    body: { name: owner.name, idNumber: owner.idNumber },
  })
  const { id } = await allowance(second, owner)
  const { database } = county.services
  // Joined as the confirmation of the same number does it.
  const [ids] = await database.rows<{ owner: string; leaving: string }>(sql`select
    (select filed_by from cases where id = ${id}::uuid) as leaving,
    (select p.id from profiles p join cases c on c.applicant_index = p.id_number_index
      where c.id = ${id}::uuid and p.real_name_level = 3) as owner`)
  await database.rows(
    sql`update profiles set joined_into = ${ids?.owner}::uuid where id = ${ids?.leaving}::uuid`,
  )
  await database.rows(sql`update cases set filed_by = ${ids?.owner}::uuid where id = ${id}::uuid`)
  const whoOf = async (person: Person) =>
    (await caseOf(person, id)).timeline.find(({ type }) => type === 'filed')?.who
  expect(await whoOf(owner.person)).toBe('你')
  expect(await whoOf(await county.as('zhao-min'))).toBe('申请人')
})

test('what an owner says of the papers tells whoever filed nothing, neither that they said it nor what became of it', async () => {
  const [owner, filer] = [await resident(), await resident(2)]
  const { id } = await allowance(filer.person, owner, { agent: true })
  const asRead = async () => {
    const { version: _version, delivery, against, timeline } = await caseOf(filer.person, id)
    const { choices: _choices, ...papers } = delivery ?? {}
    return { papers, ways: against?.ways ?? null, told: timeline.map(({ title }) => title) }
  }
  const before = await asRead()
  const chosen = await send(owner.person, id, 'delivery-choice', { method: 'electronic' })
  expect(chosen.status, JSON.stringify(chosen.body)).toBe(200)
  expect(await asRead()).toEqual(before)
  for (const [who, action, more = {}] of [
    ['wang-lixin', 'verify'],
    ['zhao-min', 'accept'],
    ['sun-zhiyuan', 'refuse', { reason: '年龄没到八十' }],
  ] as const)
    expect((await act(await county.as(who), id, action, more)).status).toBe(200)
  expect((await caseOf(owner.person, id)).against?.ways?.servedOn).not.toBeNull()
  const { papers, ways } = await asRead()
  expect(ways?.servedOn ?? null).toBeNull()
  expect(JSON.stringify(papers)).not.toMatch(/电子件到手机/)
})

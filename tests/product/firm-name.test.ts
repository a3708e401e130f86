import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApplicationForm, CaseCreated } from '#shared/contract/application'
import type { CaseChanged, CaseDocument } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import { creditCodeCheckCharacter } from '#shared/domain/kernel/digits'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// A firm is who the register says it is: what is issued to it bears no other name beside its credit code.
let county: County
let agent: Person
let window: Person
beforeAll(async () => {
  county = await openCounty()
  agent = await county.as('li-jianguo')
  window = await county.as('qian-xiaoli')
})
afterAll(() => county.close())

const NAME = '郎溪县梅渚镇李记小吃店'
const OTHER = '郎溪绿禾食品有限公司'
const USCC = '92341821DEM903328K'
const NAMES = ['营业执照', '与经营项目相适应的布局图、操作流程', '食品安全规章制度'] as const

interface Told {
  readonly code?: string
  readonly detail?: string
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[]
}

let shops = 0
async function file(person: Person, entName: string, more: object = {}, uscc = USCC) {
  shops += 1
  const answers = {
    entName,
    uscc,
    legalRep: '李建国',
    contact: '周小梅',
    mobile: '15400000001',
    format: '餐饮服务经营者',
    items: ['热食类制售'],
    bizAddress: `梅渚镇大街${shops}号`,
    area: 50,
    fsManager: '周小梅',
  }
  const materials = await Promise.all(NAMES.map(async (name) => ({ name, files: [await person.upload()] })))
  return person.send<CaseCreated & Told>('POST', '/api/cases', {
    body: { serviceItemId: 'LX-034', answers, materials, ...more },
  })
}
const send = async (person: Person, id: string, door: string, more: object = {}) =>
  person.send<CaseChanged & Told>('POST', `/api/cases/${id}/${door}`, {
    body: { version: (await caseOf(person, id)).version, ...more },
  })
const named = (name: string) =>
  county.services.database.rows(sql`update enterprises set name = ${name} where credit_code = ${USCC}`)
const refused = {
  status: 422,
  body: {
    code: 'application.name-differs',
    title: '单位名称和登记的不一样',
    errors: [
      { pointer: '/answers/entName', message: '这个统一社会信用代码登记的不是这个名称，照营业执照上的写' },
    ],
  },
}
const stranger = async () =>
  (await newcomer(county, { name: '何帮办', birth: '1980-02-03', villageCode: '341821105200', level: 3 }))
    .person

/** As it was filed before the register knew the firm by its name. */
async function filedUnder(person: Person, name: string) {
  await named(name)
  try {
    const filed = await file(person, name)
    expect(filed.status, JSON.stringify(filed.body)).toBe(201)
    return filed.body
  } finally {
    await named(NAME)
  }
}

test('who acts for the firm, who helps and the clerk are told alike that it bears another name', async () => {
  expect(await file(agent, OTHER)).toMatchObject(refused)
  expect(await file(await stranger(), OTHER)).toMatchObject(refused)
  expect(await file(window, OTHER, { channel: 'window' })).toMatchObject(refused)
})

test('its own name is taken however its brackets and blanks are typed', async () => {
  await named('郎溪县梅渚镇（李记）小吃店')
  try {
    const filed = await file(agent, ' 郎溪县梅渚镇(李记) 小吃店')
    expect(filed.status, JSON.stringify(filed.body)).toBe(201)
    // It is kept, listed and printed as the licence has it.
    await act(window, filed.body.id, 'accept')
    const view = await caseOf(agent, filed.body.id)
    expect(view.applicantMasked).toBe('郎溪县梅渚镇（李记）小吃店')
    expect(view.answers.find(({ key }) => key === 'entName')?.text).toBe('郎溪县梅渚镇（李记）小吃店')
    const [paper] = view.documents
    const { body } = await agent.send<CaseDocument>(
      'GET',
      `/api/cases/${filed.body.id}/documents/${paper?.id}`,
    )
    expect(JSON.stringify(body)).toContain('郎溪县梅渚镇（李记）小吃店（9234')
  } finally {
    await named(NAME)
  }
  const filed = await file(agent, NAME)
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
})

test('a firm that the register does not know is taken, and is not verified', async () => {
  const first17 = '91341821MA8N9N9N0'
  const filed = await file(agent, OTHER, {}, first17 + creditCodeCheckCharacter(first17))
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  expect(await caseOf(agent, filed.body.id)).toMatchObject({ identityConfirmed: false })
})

test('a notice that asks for the name is answered with its own', async () => {
  const filed = await filedUnder(await stranger(), OTHER)
  const asked = await act(window, filed.id, 'request-correction', {
    reason: '名称不对',
    items: [{ kind: 'field', name: 'entName', reason: '照营业执照写' }],
  })
  expect(asked.status, JSON.stringify(asked.body)).toBe(200)
  expect(await send(agent, filed.id, 'supplement', { answers: { entName: '郎溪别的店' } })).toMatchObject(
    refused,
  )
  const right = await send(agent, filed.id, 'supplement', { answers: { entName: NAME.replace('镇', '镇 ') } })
  expect(right.status, JSON.stringify(right.body)).toBe(200)
  const view = await caseOf(agent, filed.id)
  expect(view).toMatchObject({ applicantMasked: NAME })
  expect(view.answers.find(({ key }) => key === 'entName')?.text).toBe(NAME)
})

test('who acts for the firm takes over what another filed, and with it the name of the register is written', async () => {
  const filed = await filedUnder(await stranger(), OTHER)
  expect((await caseOf(agent, filed.id)).identityAwaited?.words).toBe(
    '批以前要有这家企业的委托：名称和登记的不一样，你接过来就改成登记的',
  )
  const taken = await send(agent, filed.id, 'takeover')
  expect(taken.status, JSON.stringify(taken.body)).toBe(200)
  const view = await caseOf(agent, filed.id)
  expect(view).toMatchObject({ identityConfirmed: true, applicantMasked: NAME })
  expect(view.answers.find(({ key }) => key === 'entName')?.text).toBe(NAME)
  expect(view.timeline.find(({ type }) => type === 'applicant-named')).toMatchObject({
    title: '单位名称按登记的改正',
    who: '自动改正',
  })
})

test('no power that is given later confirms it under another name', async () => {
  const person = await stranger()
  const filed = await filedUnder(person, OTHER)
  await county.services.database.rows(sql`insert into enterprise_agents (enterprise_id, profile_id, item_ids)
    select e.id, c.filed_by, null from enterprises e, cases c where e.credit_code = ${USCC} and c.id = ${filed.id}::uuid`)
  expect(await caseOf(person, filed.id)).toMatchObject({ identityConfirmed: false })
  await county.services.database.rows(
    sql`update cases set applicant_masked = ${NAME} where id = ${filed.id}::uuid`,
  )
  expect(await caseOf(person, filed.id)).toMatchObject({ identityConfirmed: true })
})

const ERRAND = '批以前要出示这家企业的委托：名称和登记的不一样，带委托书和营业执照到窗口，核过就改成登记的'

test('a firm that was renamed is told which errand, and the window that has its licence writes the name of the register', async () => {
  const person = await stranger()
  const filed = await filedUnder(person, OTHER)
  expect((await act(window, filed.id, 'accept')).status).toBe(200)
  expect((await caseOf(person, filed.id)).identityAwaited).toEqual({ words: ERRAND, inWechat: false })
  for (const list of ['/api/cases', '/api/inbox'])
    expect(JSON.stringify((await person.send('GET', list)).body)).toContain(ERRAND)
  expect((await caseOf(window, filed.id)).staff).toMatchObject({
    mayConfirmIdentity: true,
    otherFirmName: NAME,
  })
  // Renamed while the page lay open: the licence was compared with another name.
  for (const otherFirmName of [null, '郎溪县李记大饭店'])
    expect(
      await send(window, filed.id, 'identity-confirmation', {
        reason: '看了委托书和营业执照',
        otherFirmName,
      }),
    ).toMatchObject({ status: 409, body: { code: 'case.state-changed' } })
  // Nobody says so of what is their own.
  const typed = { name: '何帮办', idNumber: '34182119800203001X' }
  for (const more of [{ otherFirmName: NAME }, { applicant: typed }])
    expect(
      await send(person, filed.id, 'identity-confirmation', { reason: '看了委托书和营业执照', ...more }),
    ).toMatchObject({ status: 409, body: { code: 'case.action-not-allowed' } })
  const checked = await send(window, filed.id, 'identity-confirmation', {
    reason: '看了委托书和营业执照',
    otherFirmName: NAME,
  })
  expect(checked.status, JSON.stringify(checked.body)).toBe(200)
  const view = await caseOf(person, filed.id)
  expect(view).toMatchObject({ identityConfirmed: true, applicantMasked: NAME, identityAwaited: null })
  expect(view.timeline.map(({ title }) => title)).toContain('单位名称按登记的改正')
  const { body: inbox } = await person.send<Inbox>('GET', '/api/inbox')
  expect(inbox.items[0]).toMatchObject({
    title: expect.stringMatching(/：单位名称改正了$/),
    lines: expect.arrayContaining(['窗口对着营业执照核过，改成了登记的名称']),
  })
  const staffs = await caseOf(window, filed.id)
  expect(staffs.answers.find(({ key }) => key === 'entName')?.text).toBe(NAME)
  expect(staffs.staff).toMatchObject({ otherFirmName: null })
})

test('a notice that asks for the code asks for the name beside it: a slip in the code alone gives the case to nobody', async () => {
  const [person, mine] = [await stranger(), '郎溪县未家面馆']
  const codeOf = (first17: string) => first17 + creditCodeCheckCharacter(first17)
  const filed = await file(person, mine, {}, codeOf('91341821MA8N9N9N1'))
  const asked = await act(window, filed.body.id, 'request-correction', {
    reason: '代码不对',
    items: [{ kind: 'field', name: 'uscc', reason: '照营业执照写' }],
  })
  expect(asked.status, JSON.stringify(asked.body)).toBe(200)
  const { correction } = await caseOf(person, filed.body.id)
  expect(correction?.items.map(({ name, reason }) => [name, reason])).toEqual([
    ['uscc', '照营业执照写'],
    ['entName', '和代码一起照营业执照写'],
  ])
  const brings = (answers: object) => send(person, filed.body.id, 'supplement', { answers })
  expect(await brings({ uscc: USCC })).toMatchObject({ status: 422 })
  expect(await brings({ uscc: USCC, entName: mine })).toMatchObject(refused)
  expect(await agent.send('GET', `/api/cases/${filed.body.id}`)).toMatchObject({ status: 404 })
  const right = await brings({ uscc: codeOf('91341821MA8N9N9N2'), entName: mine })
  expect(right.status, JSON.stringify(right.body)).toBe(200)
  expect(await caseOf(person, filed.body.id)).toMatchObject({ applicantMasked: mine })
  // The desk has what stood there beside what came.
  expect((await caseOf(window, filed.body.id)).staff?.supplement?.items).toMatchObject([
    { name: 'uscc', came: true },
    { name: 'entName', came: false, formerText: mine },
  ])
})

test('the form of who acts for one firm is filled in from the register; of several nobody knows for which it is', async () => {
  const filledIn = async (person: Person, itemId: string) =>
    (await person.send<ApplicationForm>('GET', `/api/service-items/${itemId}/form`)).body.prefills
      .filter(({ key }) => ['entName', 'uscc'].includes(key))
      .map(({ value }) => value)
  expect(await filledIn(agent, 'LX-034')).toEqual([NAME, USCC])
  expect(await filledIn(await stranger(), 'LX-034')).toEqual([])
  expect(await filledIn(await county.as('xu-tao'), 'LX-034')).toEqual([])
  expect(await filledIn(await county.as('xu-tao'), 'LX-045')).toEqual([OTHER, '91341821DEM9000207'])
  await county.services.database.rows(sql`insert into enterprise_agents (enterprise_id, profile_id, item_ids)
    select 'ent-chaoshi', a.profile_id, null from enterprise_agents a where a.enterprise_id = 'ent-liji' and a.item_ids is null
      and a.profile_id = (select p.id from profiles p join enterprise_agents b on b.profile_id = p.id
        where b.enterprise_id = 'ent-liji' and b.item_ids is null limit 1)`)
  expect(await filledIn(agent, 'LX-034')).toEqual([])
})

test('a notice that asks for code and name itself asks for each once', async () => {
  const first17 = '91341821MA8N9N9N2'
  const filed = await file(
    await stranger(),
    '郎溪县未家茶馆',
    {},
    first17 + creditCodeCheckCharacter(first17),
  )
  const items = [
    { kind: 'field', name: 'entName', reason: '名称不全' },
    { kind: 'field', name: 'uscc', reason: '照营业执照写' },
  ]
  const asked = await act(window, filed.body.id, 'request-correction', { reason: '都不对', items })
  expect(asked.status, JSON.stringify(asked.body)).toBe(200)
  const { correction } = await caseOf(window, filed.body.id)
  expect(correction?.items.map(({ name, reason }) => [name, reason])).toEqual([
    ['entName', '名称不全'],
    ['uscc', '照营业执照写'],
  ])
})

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseList } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { Home } from '#shared/contract/service-item'
import { awaitedIdentityWords } from '#shared/domain/case/whose/identity'
import { DALIANG, file } from '../e2e/scenes'
import { packItems } from '../generated-input'
import { ALLOWANCE, allowanceOf } from './allowance'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// Who a case is for, and what happened to it, is said once and truly to whoever reads it.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const born = async (name: string, level: 2 | 3 = 3, birth = '1944-03-05') => ({
  ...(await newcomer(county, { name, birth, villageCode: DALIANG, level })),
  name,
})
const inbox = async (person: Person, id: string) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ page }) => page.includes(id))
const listed = async (person: Person, id: string) =>
  (await person.send<CaseList>('GET', '/api/cases')).body.items.find((each) => each.id === id)
/** 高龄津贴 that the village types for somebody. */
async function typed(agent: Person, of: { readonly name: string; readonly idNumber: string }) {
  const body = {
    ...(await allowanceOf(agent, of)),
    channel: 'village',
    assisted: true,
    consent: { how: 'spoken' },
  }
  const { status, body: created } = await agent.send<CaseCreated>('POST', '/api/cases', { body })
  expect(status, JSON.stringify(created)).toBe(201)
  return created.id
}
const send = async (person: Person, id: string, door: string, body: object = {}) => {
  const { version } = await caseOf(person, id)
  return person.send(`POST`, `/api/cases/${id}/${door}`, { body: { version, ...body } })
}

const CHILD = '批以前要核一次身份：不满 14 岁微信里核不了，由监护人带户口簿到窗口、村里核'

test('of a child’s case every word names the way that there is: a guardian at the counter', async () => {
  const parent = await born('柏父亲', 3, '1985-03-05')
  const child = await born('柏小宝', 2, '2019-03-05')
  const id = await file(
    county,
    { person: parent.person, name: child.name, idNumber: child.idNumber },
    'LX-015',
  )
  const home = async () => (await parent.person.send<Home>('GET', '/api/home')).body.me?.running[0]
  expect((await caseOf(parent.person, id)).identityAwaited).toEqual({ words: CHILD, inWechat: false })
  expect((await listed(parent.person, id))?.identityAwaited).toBe(CHILD)
  expect((await home())?.identityAwaited).toBe(CHILD)
  expect((await inbox(parent.person, id))[0]?.lines[0]).toBe(CHILD)
  const [task] = await county.services.database.rows<{ role: string; unit: string }>(
    sql`select role, unit_id as unit from case_tasks where case_id = ${id}::uuid limit 1`,
  )
  const { holders } = await county.app.reference.current()
  const staff = await county.as(holders(task?.role as 'window', task?.unit ?? '')[0]?.id ?? '')
  expect((await caseOf(staff, id)).staff?.identityBy).toBe('guardian')
})

test('who typed her child’s number first is told to register with her own', async () => {
  const mother = await born('柏母亲', 2, '2019-06-05')
  const refused = await mother.person.send<{ title: string }>('POST', '/api/account/identity-confirmation', {
    body: { code: 'whatever' },
  })
  expect(refused).toMatchObject({ status: 422, body: { code: 'account.guardian-needed' } })
  expect(refused.body.title).toContain('孩子的号码')
  expect(refused.body.title).toContain('换成自己的号码登记，孩子的事由监护人来办')
})

test('a confirmed owner under another name is told in the messages too that taking it over puts the name right', async () => {
  const owner = await born('柏实名')
  const agent = await county.as('wang-lixin')
  const id = await typed(agent, { name: '柏错名', idNumber: owner.idNumber })
  await act(agent, id, 'verify')
  await county.door('POST', 'clock', { advanceHours: 0.01 })
  await act(await county.as('zhao-min'), id, 'accept')
  const lines = (await inbox(owner.person, id)).map((each) => each.lines[0])
  expect(lines.filter((line) => line?.includes('接过来就改成你的'))).toHaveLength(2)
  expect(lines.join()).not.toContain('本人在微信里核')
  // Beside her right name: it is hers to take over, and nothing is to be checked.
  const right = await typed(agent, { name: '柏实名', idNumber: owner.idNumber })
  await act(agent, right, 'verify')
  await county.door('POST', 'clock', { advanceHours: 0.01 })
  expect((await inbox(owner.person, right))[0]?.lines[0]).toContain('你的身份核过了，接过来就行')

  expect((await send(owner.person, id, 'takeover')).status).toBe(200)
  const reviewer = await county.as('sun-zhiyuan')
  const told = (await inbox(reviewer, id))[0]
  expect(told?.title).toBe('高龄津贴：本人接手')
  expect(told?.lines[0]).toBe('姓名按核实的改正')
  const { timeline } = await caseOf(owner.person, id)
  expect(timeline.map(({ title }) => title)).not.toContain('又交了材料')
  expect(timeline.find(({ title }) => title === '姓名按核实的改正')?.note).toBe(null)
})

test('who typed a case for herself at work is not told that somebody else did', async () => {
  const agent = await born('柏自填')
  await county.services.database.rows(sql`insert into staff (id, name, part_time, duty_hours, leave,
      demo) values ('bai-zitian', '柏自填', false, '[]', '[]', true)`)
  await county.services.database.rows(sql`insert into staff_roles (staff_id, role, unit_id, acting)
    values ('bai-zitian', 'village-agent', ${DALIANG}, false)`)
  await county.services.database.rows(sql`update profiles set staff_id = 'bai-zitian'
    where id_number_index = ${county.services.cipher.blindIndex('id-number', agent.idNumber)}`)
  const id = await typed(agent.person, agent)
  expect(await caseOf(agent.person, id)).toMatchObject({ viewer: 'applicant', filedByOther: false })
  expect((await listed(agent.person, id))?.filedByOther).toBe(false)
})

test('whose a case is stands on the first screen, but for one’s own where no other is', async () => {
  const son = await born('柏儿子', 3, '1975-03-05')
  const [one, two] = [await born('柏大娘', 2), await born('宋二娘', 2)]
  const home = async () => (await son.person.send<Home>('GET', '/api/home')).body.me?.running
  await file(county, { person: son.person, name: one.name, idNumber: one.idNumber }, 'LX-005')
  expect((await home())?.map(({ whose }) => whose)).toEqual(['柏*娘'])
  await file(county, { person: son.person, name: two.name, idNumber: two.idNumber }, 'LX-005')
  expect((await home())?.map(({ whose }) => whose)).toEqual(['宋*娘', '柏*娘'])
})

test('who decides reads who changed what since it was accepted, and no number in plain', async () => {
  const owner = await born('柏换卡')
  const id = await file(county, owner, 'LX-005')
  await act(await county.as('wang-lixin'), id, 'verify')
  const early = await send(owner.person, id, 'additions', { answers: { mobile: '15400007777' } })
  expect(early.status, JSON.stringify(early.body)).toBe(200)
  await act(await county.as('zhao-min'), id, 'accept')
  const reviewer = await county.as('sun-zhiyuan')
  expect((await caseOf(reviewer, id)).staff?.changedSince).toEqual([])
  const card = '6299000043030583308'
  const changed = await send(owner.person, id, 'additions', { answers: { bankCard: card } })
  expect(changed.status, JSON.stringify(changed.body)).toBe(200)
  const view = await caseOf(reviewer, id)
  expect(view.staff?.changedSince).toMatchObject([{ who: '申请人', fields: ['bankCard'] }])
  expect(view.staff?.changedSince[0]?.note).toMatch(/^改了：.*→/)
  expect(JSON.stringify(view.staff)).not.toContain(card)
})

test('words of a case from before the number said whose age it is are the ones of before', () => {
  const of = { identityConfirmed: false, decision: null, endedAt: null }
  const applicant = {
    kind: 'person',
    numberIndex: 'a',
    identityIndex: 'b',
    takenFrom: null,
    underFourteen: null,
    disowned: false,
  } as const
  const item = packItems().find(({ id }) => id === ALLOWANCE.item)
  if (!item) throw new Error('no allowance')
  expect(awaitedIdentityWords(item, { ...of, applicant })).toContain('本人在微信里核')
  expect(
    awaitedIdentityWords(item, { ...of, applicant: { ...applicant, underFourteen: true, disowned: false } }),
  ).toBe(CHILD)
})

test('who has turned fourteen and is confirmed takes the case over: no guardian is asked for', async () => {
  const parent = await born('柏父亲', 3, '1985-04-05')
  const child = await born('柏长大', 2, '2012-11-25')
  const id = await file(
    county,
    { person: parent.person, name: child.name, idNumber: child.idNumber },
    'LX-015',
  )
  await county.door('POST', 'clock', { advanceHours: 24 })
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: child.personId,
    purpose: 'real-name',
  })
  const confirmed = await child.person.send('POST', '/api/account/identity-confirmation', {
    body: { code: body.code },
  })
  expect(confirmed.status).toBe(200)
  const words = (await caseOf(child.person, id)).identityAwaited?.words
  expect(words).toContain('接过来')
  expect(words).not.toContain('监护人')
})

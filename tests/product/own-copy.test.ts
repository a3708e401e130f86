import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Account, AccountCopy } from '#shared/contract/account'
import type { DeskCode, DeskLogin } from '#shared/contract/desk-session'
import type { Problem } from '#shared/contract/problems'
import { fileAllowance } from './allowance'
import { caseOf, type Person } from './county'
import { openLeavers } from './leavers'

// 个人信息保护法 第45条: whoever asks has a copy of what is known of them.
const { county, born } = await openLeavers()

test('one’s own is in it whole and in plain words, and nothing of anybody else', async () => {
  const { person, idNumber } = await born('臧要份')
  const other = await born('臧别人')
  const { id } = await fileAllowance(person, '臧要份', idNumber)
  const { caseNumber } = await caseOf(person, id)
  await fileAllowance(other.person, '臧别人', other.idNumber)
  const { id: profileId } = (await person.send<Account>('GET', '/api/account')).body
  await county.services.database.rows(sql`insert into ratings (case_id, level, reasons, rated_by, rated_at)
    values (${id}::uuid, 2, '{}', ${profileId}::uuid, ${county.services.clock.now()}::timestamptz)`)
  const copied = await person.send<AccountCopy>('GET', '/api/account/copy')
  expect(copied.status, JSON.stringify(copied.body)).toBe(200)
  expect(copied.body).toMatchObject({
    登记的: {
      姓名: '臧要份',
      身份证号: idNumber,
      手机号: expect.stringMatching(/^1\d{10}$/),
      登记到哪: '微信核过',
    },
    办件: [
      {
        编号: caseNumber,
        事项: expect.stringMatching(/高龄/),
        给谁办: '自己',
        谁交的: '自己',
        办到哪: '等着受理',
      },
    ],
    评过的: [{ 编号: caseNumber, 评分: '满意', 写的话: null }],
    哪天用过: [expect.stringMatching(/^\d{4}-\d\d-\d\d$/)],
  })
  expect((copied.body['同意过的'] as { 同意什么: string }[]).map((each) => each.同意什么)).toContain(
    '服务协议',
  )
  expect(JSON.stringify(copied.body)).not.toContain('臧别人')
})

test('what was filed for another says for whom, what another filed for one’s own number is in it, and how it ended is told', async () => {
  const mother = await born('臧妈妈')
  const son = await born('臧儿子')
  const { id } = await fileAllowance(son.person, '臧妈妈', mother.idNumber)
  const casesOf = async ({ person }: typeof son) =>
    (await person.send<AccountCopy>('GET', '/api/account/copy')).body['办件']
  expect(await casesOf(son)).toMatchObject([{ 给谁办: '臧*妈', 谁交的: '自己' }])
  expect(await casesOf(mother)).toMatchObject([{ 给谁办: '自己', 谁交的: '别人替你交的' }])
  const taken = await son.person.send('POST', `/api/cases/${id}/withdrawal`, {
    body: { version: (await caseOf(son.person, id)).version },
  })
  expect(taken.status, JSON.stringify(taken.body)).toBe(200)
  expect(await casesOf(son)).toMatchObject([{ 办到哪: '撤回了' }])
})

test('the day on which one agreed is the county’s', async () => {
  const { person } = await born('臧清早')
  const { id } = (await person.send<Account>('GET', '/api/account')).body
  await county.services.database.rows(sql`update profiles set consents = jsonb_set(consents, '{0,at}',
    '"2026-11-24T22:30:00.000Z"') where id = ${id}::uuid`)
  const { body } = await person.send<AccountCopy>('GET', '/api/account/copy')
  expect((body['同意过的'] as { 哪天: string }[]).map((each) => each.哪天)).toContain('2026-11-25')
})

test('not at a shared desk', async () => {
  const clerk = await county.as('sun-zhiyuan')
  const shown = await county.visitor.send<DeskCode>('POST', '/api/desk-sessions', { body: {} })
  const { id, code } = shown.body
  await clerk.send('POST', '/api/desk-sessions/confirmation', {
    body: { code, answer: 'confirmed', pin: '270391' },
  })
  const { token } = (await county.visitor.send<DeskLogin>('GET', `/api/desk-sessions/${id}`)).body
  const atDesk = async (path: string) => {
    const answer = await fetch(`${county.url}${path}`, { headers: { Authorization: `Bearer ${token}` } })
    return { status: answer.status, body: await answer.json() }
  }
  expect(await atDesk('/api/account')).toMatchObject({ status: 200 })
  expect(await atDesk('/api/account/copy')).toMatchObject({
    status: 403,
    body: { code: 'account.phone-needed' },
  })
})

test('not without end, nor anew for who leaves and comes back', async () => {
  const { person, personId } = await born('臧多份')
  const copy = (by: Person) => by.send<Problem>('GET', '/api/account/copy')
  for (let nth = 0; nth < 20; nth += 1) expect((await copy(person)).status).toBe(200)
  expect(await copy(person)).toMatchObject({ status: 429 })
  expect((await person.send('POST', '/api/account/closing', { body: {} })).status).toBe(200)
  expect(await copy(await county.logIn(personId))).toMatchObject({ status: 429 })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { Story } from '../../functions/sandbox/story'
import { allowanceOf } from './allowance'
import { act, type County, caseOf, openCounty } from './county'

// What the console's doors say of the one case that it tells, as the product goes on with it.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const story = async () => {
  const { story: told } = (await county.door<{ story: Story }>('GET', 'story')).body
  return told
}
const waiting = async () =>
  (await county.door<{ waiting: Record<string, number> }>('GET', 'waiting')).body.waiting
const MOTHER = { name: '陈桂兰', idNumber: '341821194611180024' }

async function fileForMother() {
  const son = await county.as('li-jianguo')
  const body = { ...(await allowanceOf(son, MOTHER)), agent: true }
  const { status, body: filed } = await son.send<CaseCreated>('POST', '/api/cases', { body })
  expect(status, JSON.stringify(filed)).toBe(201)
  return filed.id
}

test('from nothing to her word: who is next, when they are on duty, what is done and by whom', async () => {
  const first = await story()
  expect(first).toMatchObject({ phase: 'first', next: { person: { id: 'li-jianguo' }, device: 'phone' } })
  // What the form asks for stands on her cards in the pack.
  expect(first.answers.map(({ label }) => label)).toEqual(['姓名', '身份证号', '手机号', '社保卡/银行卡号'])
  expect(first.steps.map(({ person }) => person.id)).toEqual([
    'li-jianguo',
    'wang-lixin',
    'zhao-min',
    'sun-zhiyuan',
    'zhao-min',
    'chen-guilan',
  ])
  const idle = await waiting()
  const none = await county.door('POST', 'clock', { to: 'next-deadline' })
  expect(none.body).toMatchObject({ code: 'sandbox.no-deadline' })

  const id = await fileForMother()
  expect((await waiting())['wang-lixin']).toBe((idle['wang-lixin'] ?? 0) + 1)
  const filed = await story()
  expect(filed.next).toMatchObject({
    person: { id: 'wang-lixin' },
    device: 'phone',
    page: `staff/case/case?id=${id}`,
    waitsUntil: '2026-11-24T10:30:00.000Z',
  })
  expect(filed.steps[1]?.how).toMatch(/^手机，先点“当面核身份”/)

  // Its first dates are of the next day: the clock stops an hour before the office closes.
  const moved = await county.door<{ now: string }>('POST', 'clock', { to: 'next-deadline' })
  expect(moved.body.now).toMatch(/^2026-11-25T16:30/)

  const agent = await county.as('wang-lixin')
  const { version } = await caseOf(agent, id)
  const shown = { version, reason: '上门看过本人和身份证' }
  expect((await agent.send('POST', `/api/cases/${id}/identity-confirmation`, { body: shown })).status).toBe(
    200,
  )
  expect((await act(agent, id, 'verify', {})).status).toBe(200)
  expect((await story()).next).toMatchObject({ person: { id: 'zhao-min' }, device: 'desk', waitsUntil: null })

  await act(await county.as('zhao-min'), id, 'accept')
  await act(await county.as('sun-zhiyuan'), id, 'grant')
  expect((await story()).steps[3]).toMatchObject({ title: '志远审核，准了', state: 'done' })
  await act(await county.as('zhao-min'), id, 'conclude')
  expect((await story()).next?.person.id).toBe('zhao-min')
  await act(await county.as('zhao-min'), id, 'deliver', { method: 'electronic' })
  const delivered = await story()
  expect(delivered.next).toMatchObject({
    person: { id: 'chen-guilan' },
    page: `features/case/result?id=${id}`,
  })

  const rated = await (await county.as('chen-guilan')).send('POST', `/api/cases/${id}/rating`, {
    body: { level: 1, reasons: [], comment: '' },
  })
  expect(rated.status, JSON.stringify(rated.body)).toBe(201)
  const done = await story()
  expect(done).toMatchObject({ phase: 'done', next: null })
  expect(done.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done', 'done'])
  expect(done.told.map(({ name }) => name)).toEqual(expect.arrayContaining(['李建国', '陈桂兰', '王立新']))
})

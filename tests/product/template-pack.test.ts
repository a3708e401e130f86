import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import { act, type County, caseOf, newcomer, openCounty } from './county'

const VILLAGE = '990101101201'

let county: County
beforeAll(async () => {
  county = await openCounty({ COUNTY: 'template' })
})
afterAll(() => county.close())

const toldOf = async (person: string, caseId: string) => {
  const { body } = await county.door<{ messages: { kind: string; caseIds: string[] }[] }>(
    'GET',
    `messages?person=${person}`,
  )
  return body.messages.filter(({ caseIds }) => caseIds.includes(caseId)).map(({ kind }) => kind)
}

test('another county is a data pack: it loads, files, reminds, asks and decides', async () => {
  const home = await county.visitor.send<{ county: string; hot: { id: string }[] }>('GET', '/api/home')
  expect(home.body).toMatchObject({ county: '青禾县', itemCount: 2 })
  expect(home.body.hot.map(({ id }) => id)).toEqual(['QH-001', 'QH-002'])

  const { person, personId, idNumber } = await newcomer(county, {
    name: '田小满',
    birth: '1990-05-21',
    villageCode: VILLAGE,
    level: 3,
  })
  const papers = async (...names: string[]) =>
    Promise.all(names.map(async (name) => ({ name, files: [await person.upload()] })))
  const whoever = { name: '田小满', idNo: idNumber, mobile: '15400000199', villageCode: VILLAGE }
  const stall = await person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'QH-001',
      answers: { ...whoever, stall: '煎饼', place: '禾苗路早市' },
      materials: await papers('居民身份证', '健康证明'),
    },
  })
  expect(stall).toMatchObject({ status: 201, body: { caseNumber: expect.stringMatching(/^990101/) } })
  const { id } = stall.body
  expect(await toldOf('wen-qing', id)).toContain('task')

  const clerk = await county.as('wen-qing')
  const notice = { reason: '看不清', items: [{ kind: 'material', name: '健康证明', reason: '重拍' }] }
  expect((await act(clerk, id, 'request-correction', notice)).status).toBe(200)
  // Seven working days of this county's own, from 24 November.
  expect((await caseOf(person, id)).correction).toMatchObject({
    dueOn: '2026-12-03',
    consequence: expect.stringContaining('再过 3 个工作日'),
  })
  const { version } = await caseOf(person, id)
  const supplement = { version, materials: await papers('健康证明') }
  const answered = await person.send('POST', `/api/cases/${id}/supplement`, { body: supplement })
  expect(answered.status).toBe(200)
  for (const action of ['accept', 'grant'] as const) expect((await act(clerk, id, action)).status).toBe(200)
  expect((await caseOf(person, id)).status).toBe('granted')
  expect((await act(clerk, id, 'conclude')).status).toBe(200)
  expect(await toldOf(personId, id)).toEqual(expect.arrayContaining(['correction-requested', 'concluded']))

  const job = await person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'QH-002',
      answers: { ...whoever, employer: '禾苗食品厂', empForm: '单位就业', startDate: '2026-11-02' },
      materials: await papers('居民身份证'),
    },
  })
  expect(job.status).toBe(201)
  const window = await county.as('he-shan')
  expect((await act(window, job.body.id, 'accept')).status).toBe(200)
  expect((await act(window, job.body.id, 'refuse', { reason: '单位没有登记' })).status).toBe(200)
  expect((await caseOf(person, job.body.id)).status).toBe('refused')
})

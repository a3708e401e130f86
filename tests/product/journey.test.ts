import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseList } from '#shared/contract/case'
import type { Home, ServiceGuide } from '#shared/contract/service-item'
import { maskIdNumber } from '#shared/domain/kernel/digits'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, caseOf, newcomer, openCounty } from './county'

let county: County
beforeAll(async () => {
  // The whole product on the embedded database, whichever the other tests run on.
  county = await openCounty({}, { embedded: true })
})
afterAll(() => county.close())

const DALIANG = '341821105200'

interface Messages {
  messages: {
    channel: string
    status: string
    kind: string
    templateId: string | null
    caseIds: string[]
    title: string
    lines: string[]
  }[]
}
const messagesOf = async (person: string) =>
  (await county.door<Messages>('GET', `messages?person=${person}`)).body.messages

/** Reminders go out after the commit: wait until the drain has settled them. */
async function settled(person: string, caseId: string, count: number) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const mine = (await messagesOf(person)).filter(
      ({ caseIds, status }) => caseIds.includes(caseId) && ['sent', 'delivered'].includes(status),
    )
    if (mine.length >= count) return mine
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`no ${count} delivered messages to ${person}: ${JSON.stringify(await messagesOf(person))}`)
}

test('高龄津贴: filed, corrected, granted, delivered, rated, each reminded', async () => {
  const { person, idNumber, personId } = await newcomer(county, {
    name: '沈秀英',
    birth: '1944-03-05',
    villageCode: DALIANG,
    level: 3,
  })
  const found = await county.visitor.send<{ items: { id: string }[] }>(
    'GET',
    `/api/service-items?q=${encodeURIComponent('老年补贴')}`,
  )
  expect(found.body.items[0]?.id).toBe('LX-005')
  const consented = await county.door<{ credits: number }>('POST', 'consents', {
    person: personId,
    choice: 'accept',
  })
  expect(consented.status).toBe(200)
  const files = [await person.upload(), await person.upload(), await person.upload()]
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-005',
      answers: {
        name: '沈秀英',
        idNo: idNumber,
        mobile: '15400000001',
        villageCode: DALIANG,
        birth: '1944-03-05',
        bankCard: '6299000043030583308',
      },
      materials: [
        { name: '居民身份证', files: [files[0]] },
        { name: '居民户口簿', files: [files[1]] },
        { name: '社会保障卡（或本人银行卡）', files: [files[2]] },
      ],
    },
  })
  expect(filed.body).toMatchObject({ dueOn: '2026-12-08', dueBecause: null, version: 1 })
  expect(filed.body.caseNumber).toMatch(/^341821261124\d{4,}$/)
  const { id } = filed.body

  // The agent is on duty in the evening: until then the phone waits, and the message stands in the app.
  const ofAgent = (await messagesOf('wang-lixin')).filter(({ caseIds }) => caseIds.includes(id))
  expect(ofAgent).toMatchObject([{ kind: 'task', channel: 'relation', status: 'queued' }])
  const agent = await county.as('wang-lixin')
  expect((await act(agent, id, 'verify')).status).toBe(200)
  await settled('zhao-min', id, 1)
  const window = await county.as('zhao-min')
  const asked = await act(window, id, 'request-correction', {
    reason: '照片看不清',
    items: [{ kind: 'material', name: '居民户口簿', reason: '户口簿照片模糊，重拍一张' }],
  })
  expect(asked.status).toBe(200)
  await settled(personId, id, 2)
  const mine = await caseOf(person, id)
  expect(mine.correction?.items).toMatchObject([{ name: '居民户口簿', reason: '户口簿照片模糊，重拍一张' }])
  expect(mine.next).toEqual({ title: '乡镇受理', who: '梅渚镇', dueOn: null })
  const listed = await person.send<CaseList>('GET', '/api/cases')
  expect(listed.body.items).toMatchObject([
    {
      waitsForMe: 'correction',
      missing: ['居民户口簿'],
      dueOn: '2026-12-08',
      light: { kind: 'calm', daysLeft: 10 },
    },
  ])
  const home = await person.send<Home>('GET', '/api/home')
  expect(home.body.me?.todos).toMatchObject([{ title: '补 1 样，高龄津贴接着办', note: '居民户口簿' }])
  const guide = await person.send<ServiceGuide>('GET', '/api/service-items/LX-005')
  expect(guide.body.papers.map(({ state }) => state)).toEqual([
    'generated',
    'bring',
    'bring',
    'bring',
    'bring',
  ])
  expect(guide.body.steps).toEqual([
    {
      name: '核实/代办',
      unitName: '你所在的村（社区）',
      counting: 'beside',
      limitText: '最多 1 个工作日，不另加时间',
    },
    {
      name: '受理、审核、办结送达',
      unitName: '你所在的镇（街道）',
      counting: 'promise',
      limitText: '最多 10 个工作日',
    },
  ])
  const supplied = await person.send('POST', `/api/cases/${id}/supplement`, {
    body: {
      version: mine.version,
      answers: {},
      materials: [{ name: '居民户口簿', files: [await person.upload()] }],
    },
  })
  expect(supplied.body).toMatchObject({ status: 'submitted' })
  expect((await act(window, id, 'accept')).status).toBe(200)
  const reviewer = await county.as('sun-zhiyuan')
  await settled('sun-zhiyuan', id, 1)
  expect((await act(reviewer, id, 'grant')).status).toBe(200)
  expect((await act(window, id, 'conclude')).status).toBe(200)
  expect((await act(window, id, 'deliver', { method: 'electronic' })).status).toBe(200)
  const over = await caseOf(person, id)
  expect(over).toMatchObject({
    status: 'delivered',
    mayRate: true,
    decision: {
      kind: 'granted',
      organName: '郎溪县梅渚镇人民政府',
      recipient: `沈秀英（${maskIdNumber(idNumber)}）`,
    },
  })
  expect((await caseOf(window, id)).decision?.recipient).toBe('沈*英')
  expect(over.decision?.documentNumber).toMatch(/^\S+准〔2026〕\d+号$/)
  expect(
    (await person.send('POST', `/api/cases/${id}/rating`, { body: { level: 1, reasons: ['不用跑'] } }))
      .status,
  ).toBe(201)
  expect((await person.send('POST', `/api/cases/${id}/rating`, { body: { level: 2 } })).status).toBe(409)
}, 60_000)

test('城乡居民基本养老保险参保登记: done on the spot by the village', async () => {
  const { person, idNumber } = await newcomer(county, {
    name: '周德福',
    birth: '1980-02-01',
    villageCode: DALIANG,
    level: 2,
  })
  const item = packItems().find(({ id }) => id === 'LX-013')
  if (!item) throw new Error('no LX-013')
  const uploads = [await person.upload(), await person.upload(), await person.upload()]
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: item.id,
      ...validInput(item, createRandom(3), {
        ...packContext(plainDate('2026-11-24')),
        onFileCredentialCodes: new Set(),
        uploadId: () => uploads.pop() ?? '',
        identity: { name: '周德福', idNumber, mobile: '15400000002' },
        villageCode: DALIANG,
      }),
    },
  })
  expect(filed).toMatchObject({ status: 201, body: { dueOn: '2026-11-24' } })
  const agent = await county.as('wang-lixin')
  const { id, version } = filed.body
  await act(agent, id, 'accept')
  const view = await caseOf(agent, id)
  expect(view.staff?.allowed.map(({ action }) => action)).not.toContain('grant')
  const confirmed = await agent.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version: view.version, reason: '本人和身份证都在面前' },
  })
  expect(confirmed.status).toBe(200)
  for (const [action, more] of [['grant'], ['conclude'], ['deliver', { method: 'electronic' }]] as const) {
    expect((await act(agent, id, action, more ?? {})).status).toBe(200)
  }
  expect((await caseOf(person, id)).decision).toMatchObject({ organName: '郎溪县人力资源和社会保障局' })
  expect(version).toBe(1)
}, 60_000)

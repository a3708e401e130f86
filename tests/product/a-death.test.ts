import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// Whom the death of an applicant is told.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const DALIANG = '341821105200'
const BIRTH = '1944-03-05'
const PAPERS = ['居民身份证', '居民户口簿', '社会保障卡（或本人银行卡）']
const DIED = '这位申请人已登记为去世，核实后办理'
const STOPPED = '高龄津贴的申请停了'

interface Elder {
  readonly name: string
  readonly idNumber: string
}

async function allowance(person: Person, { name, idNumber }: Elder, more: Record<string, unknown> = {}) {
  const materials = await Promise.all(
    PAPERS.map(async (each) => ({ name: each, files: [await person.upload()] })),
  )
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-005',
      answers: {
        name,
        idNo: idNumber,
        mobile: '15400000003',
        villageCode: DALIANG,
        birth: BIRTH,
        bankCard: '6299000043030583308',
      },
      materials,
      ...more,
    },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  return filed.body
}

const born = async (name: string, level: 0 | 3) => ({
  ...(await newcomer(county, { name, birth: BIRTH, villageCode: DALIANG, level })),
  name,
})

const toldOf = async (person: Person, { caseNumber }: { readonly caseNumber: string }) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ lines }) =>
    lines.some((line) => line.includes(caseNumber)),
  )

const diedOf = async (person: Person, filed: { readonly caseNumber: string }) =>
  (await toldOf(person, filed)).filter(({ lines }) => lines.includes(DIED))

async function die(id: string) {
  const ended = await act(await county.as('zhao-min'), id, 'terminate', { reason: 'deceased' })
  expect(ended.status, JSON.stringify(ended.body)).toBe(200)
}

test('a death in one case is told once to the holders of the applicant’s others, which go on as they were', async () => {
  const elder = await born('韩月英', 0)
  const { person: son } = await born('韩有才', 3)
  const [first, second, third] = [
    await allowance(son, elder),
    await allowance(son, elder),
    await allowance(son, elder),
  ]
  const before = await caseOf(son, third.id)
  await die(first.id)
  const colleague = await county.as('qian-li')
  expect(await diedOf(colleague, third)).toEqual([
    expect.objectContaining({ page: `staff/case/case?id=${third.id}` }),
  ])
  expect(await diedOf(await county.as('zhao-min'), second)).toHaveLength(1)
  expect(await diedOf(colleague, first)).toEqual([])
  expect(await diedOf(await county.as('town-window-341821001-1'), third)).toEqual([])
  const { version, outcome } = await caseOf(son, third.id)
  expect({ version, outcome }).toEqual({ version: before.version, outcome: before.outcome })
  await die(second.id)
  expect(await diedOf(colleague, third)).toHaveLength(1)
})

test('the paper of it goes into the family’s hands: nobody’s phone is the dead’s, whatever they had chosen', async () => {
  const elder = await born('韩过去', 3)
  const filed = await allowance(elder.person, elder)
  await die(filed.id)
  const { version, delivery } = await caseOf(elder.person, filed.id)
  expect(delivery?.choices ?? []).toEqual([])
  const chosen = await elder.person.send('POST', `/api/cases/${filed.id}/delivery-choice`, {
    body: { version, method: 'electronic' },
  })
  expect(chosen.status).toBe(409)
  const clerk = await county.as('zhao-min')
  const queue = await clerk.send<Queue>('GET', '/api/work/cases?tab=to-do')
  const row = queue.body.items.find(({ caseId }) => caseId === filed.id)
  expect(row?.note).toBe('要当面给家属或者寄，登记哪天收到')
  const { delivery: atDesk } = await caseOf(clerk, filed.id)
  expect(atDesk?.papers).toMatchObject([{ of: 'termination', awaited: true, served: null }])
  const [paper] = atDesk?.papers ?? []
  expect([paper?.forFamily, paper?.acts]).toEqual([true, ['post', 'hand-over']])
  const takenOn = (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
  const serve = (body: object) =>
    clerk.send<{ code?: string; errors?: unknown[] }>('POST', `/api/cases/${filed.id}/delivery`, {
      body: { of: 'termination', version, ...body },
    })
  const handing = (taker?: object) => serve({ action: 'hand-over', takenOn, ...(taker ? { taker } : {}) })
  // Nobody hands it to who has died, nor to whom they had sent while they lived.
  expect(await handing()).toMatchObject({
    status: 422,
    body: { code: 'case.target-unknown', errors: [{ pointer: '/taker' }] },
  })
  expect(await handing({ name: '韩有才', power: 'agent' })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/taker/power' }] },
  })
  const left = { action: 'leave', witnesses: ['大梁村 王芳', '大梁村 李强'], refusal: '本人拒收' }
  expect((await serve(left)).status).toBe(409)
  const handed = await handing({ name: '韩有才', power: 'family' })
  expect(handed.status, JSON.stringify(handed.body)).toBe(200)
  const told = JSON.stringify((await caseOf(clerk, filed.id)).timeline)
  expect(told).toContain('收的人：韩有才，家属')
})

test('a letter of it is received by somebody of the family, who is named as on the sheet', async () => {
  const elder = await born('韩寄信', 3)
  const filed = await allowance(elder.person, elder)
  await die(filed.id)
  const clerk = await county.as('zhao-min')
  const day = (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
  const serve = async (body: object) => {
    const { version } = await caseOf(clerk, filed.id)
    return clerk.send<{ errors?: unknown[] }>('POST', `/api/cases/${filed.id}/delivery`, {
      body: { of: 'termination', version, ...body },
    })
  }
  const letter = { action: 'post', carrier: 'ems', trackingNumber: '1023456789012', postedOn: day }
  const sent = await serve(letter)
  expect(sent.status, JSON.stringify(sent.body)).toBe(200)
  const receipt = { action: 'record-receipt', receivedOn: day }
  expect(await serve(receipt)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/taker' }] } })
  const stranger = { name: '韩有才', power: 'agent' }
  expect(await serve({ ...receipt, taker: stranger })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/taker/power' }] },
  })
  expect((await serve({ ...receipt, taker: { ...stranger, power: 'family' } })).status).toBe(200)
  const { delivery } = await caseOf(clerk, filed.id)
  expect(delivery?.papers).toMatchObject([{ of: 'termination', served: { on: day, taker: '韩有才，家属' } }])
})

test('a case from before a death was kept is one of the dead all the same, and no rebuilding finds it otherwise', async () => {
  const elder = await born('韩从前', 3)
  const filed = await allowance(elder.person, elder)
  await die(filed.id)
  await county.services.database.rows(
    sql`update cases set state = state - 'isDeceased' where id = ${filed.id}`,
  )
  expect(await rebuildCases({ services: county.services, words: [], print: () => undefined })).toBe(0)
  const { version, delivery } = await caseOf(elder.person, filed.id)
  expect(delivery?.choices ?? []).toEqual([])
  const chosen = await elder.person.send('POST', `/api/cases/${filed.id}/delivery-choice`, {
    body: { version, method: 'electronic' },
  })
  expect(chosen.status).toBe(409)
})

test('a death of the version before, whose paper was on nobody’s queue, comes to whoever has that post, once', async () => {
  const elder = await born('韩久远', 3)
  const filed = await allowance(elder.person, elder)
  await die(filed.id)
  const { rows } = county.services.database
  // As that version had left it: the paper on the dead one's phone, nobody's task, and a line of its shape.
  await rows(sql`update case_events set payload = (payload::jsonb - 'toBeServed')::text
    where case_id = ${filed.id} and type = 'terminated'`)
  await rows(sql`update cases set state = state - 'isDeceased' - 'services' || jsonb_build_object('inApp', jsonb_build_array(
      jsonb_build_object('of', 'termination', 'signedAt', state->>'endedAt', 'on', substr(state->>'endedAt', 1, 10)))),
    line = regexp_replace(line, '^{"shape":[0-9]+,', '{"shape":9,') where id = ${filed.id}`)
  await rows(sql`delete from case_tasks where case_id = ${filed.id}`)
  const clerk = await county.as('zhao-min')
  const queued = async () =>
    (await clerk.send<Queue>('GET', '/api/work/cases?tab=to-do')).body.items.filter(
      ({ caseId }) => caseId === filed.id,
    )
  expect(await queued()).toEqual([])
  const { version } = await caseOf(clerk, filed.id)
  await county.app.jobs['run-deadlines']()
  await county.app.jobs['run-deadlines']()
  expect(await queued()).toMatchObject([{ note: '要当面给家属或者寄，登记哪天收到' }])
  const { version: after, delivery } = await caseOf(clerk, filed.id)
  expect([after, delivery?.papers[0]?.forFamily]).toEqual([version, true])
  // It is no later than any other paper: its holders are reminded of it as of all that runs out.
  await county.door('POST', 'clock', { advanceWorkingDays: 10 })
  await county.app.jobs['remind-of-deadlines']()
  expect((await toldOf(clerk, filed)).map(({ title }) => title)).toContain('高龄津贴：今天 17:30 前办好')
  const handed = await clerk.send('POST', `/api/cases/${filed.id}/delivery`, {
    body: {
      of: 'termination',
      version,
      action: 'hand-over',
      takenOn: (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10),
      taker: { name: '韩有才', power: 'family' },
    },
  })
  expect(handed.status, JSON.stringify(handed.body)).toBe(200)
  await county.app.jobs['run-deadlines']()
  expect(await queued()).toEqual([])
})

test('the family’s message goes to whoever filed it even after the owner took it over', async () => {
  const elder = await born('韩桂英', 3)
  const { person: son } = await born('韩有福', 3)
  const filed = await allowance(son, elder, { agent: true })
  const { version } = await caseOf(elder.person, filed.id)
  await elder.person.send('POST', `/api/cases/${filed.id}/takeover`, { body: { version } })
  await die(filed.id)
  const [told] = (await toldOf(son, filed)).filter(({ title }) => title === STOPPED)
  expect(told?.lines.join()).toContain('家里人可以带死亡证明')
  // They see the case no more.
  expect(told?.page).toBe('tabs/case/my-cases')
  expect((await toldOf(elder.person, filed)).filter(({ title }) => title === STOPPED)).toHaveLength(1)
})

test('where staff typed it, their window is told what the family can do', async () => {
  const elder = await born('韩秀英', 3)
  const typist = await county.as('qian-li')
  const filed = await allowance(typist, elder, {
    channel: 'window',
    assisted: true,
    consent: { how: 'spoken' },
  })
  await die(filed.id)
  const family = (await toldOf(typist, filed)).filter(({ lines }) =>
    lines.join().includes('家里人可以带死亡证明'),
  )
  expect(family).toHaveLength(1)
  expect((await toldOf(elder.person, filed)).filter(({ title }) => title === STOPPED)).toHaveLength(1)
})

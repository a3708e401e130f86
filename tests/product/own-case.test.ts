import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { Queue } from '#shared/contract/work'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, boundBefore, type County, caseOf, newcomer, openCounty, type Person } from './county'

// 回避: nobody decides on what is their own or a relative's, and no case waits for who may not.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const MEIZHU = '341821105'
const DALIANG = '341821105200'
const ZHAO_MIN = { name: '赵敏', idNumber: '341821199005161344' }
const ZHAO_XIAOYAN = { name: '赵小燕', idNumber: '341821198609221462', village: '341821105203' }

async function file(
  person: Person,
  itemId: string,
  identity: { readonly name: string; readonly idNumber: string },
  villageCode = DALIANG,
) {
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  const uploads = await Promise.all(Array.from({ length: 8 }, () => person.upload()))
  const input = validInput(item, createRandom(7), {
    ...packContext(plainDate('2026-11-24')),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    identity: { ...identity, mobile: '15400000001' },
    villageCode,
  })
  const { status, body } = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: itemId, ...input },
  })
  expect({ status, body }).toMatchObject({ status: 201 })
  return body.id
}

let neighbours = 0
const neighbour = async (level: 1 | 2 | 3 = 3) => {
  neighbours += 1
  const name = `邻居${'甲乙丙丁戊己庚辛'.charAt(neighbours)}`
  return { name, ...(await newcomer(county, { name, birth: '1971-05-05', villageCode: DALIANG, level })) }
}

const queueOf = async (staff: Person, tab = 'to-do') =>
  (await staff.send<Queue>('GET', `/api/work/cases?tab=${tab}`)).body
const inQueue = async (staff: Person, caseId: string, tab?: string) =>
  (await queueOf(staff, tab)).items.some((item) => item.caseId === caseId)

async function toldOf(caseId: string) {
  const rows = await county.services.database.rows<{ recipient: string }>(
    sql`select recipient from reminders where case_id = ${caseId}::uuid`,
  )
  return rows.map(({ recipient }) => recipient)
}

const acts = (action: string, more: object = {}) => ({ action, stepKey: 'accept', unitId: MEIZHU, ...more })

test('whose own it was until she wrote somebody else into it is barred as before', async () => {
  const window = await county.as('zhao-min')
  const [{ person }, { name, idNumber }] = [await neighbour(), await neighbour()]
  const id = await file(person, 'LX-017', ZHAO_MIN)
  const items = ['name', 'idNo'].map((field) => ({ kind: 'field', name: field, reason: '再对一遍' }))
  const colleague = await county.as('qian-li')
  const asked = await act(colleague, id, 'request-correction', { reason: '再对一遍', items })
  expect(asked, JSON.stringify(asked.body)).toMatchObject({ status: 200 })
  const { version } = await caseOf(window, id)
  const supplied = await window.send('POST', `/api/cases/${id}/supplement`, {
    body: { version, answers: { name, idNo: idNumber } },
  })
  expect(supplied, JSON.stringify(supplied.body)).toMatchObject({ status: 200 })
  expect(await toldOf(id)).not.toContain('staff:zhao-min')
  expect(await inQueue(window, id)).toBe(false)
  expect(await inQueue(colleague, id)).toBe(true)
  const doors: [string, object][] = [
    ['actions', acts('accept')],
    ['identity-confirmation', { reason: '本人在面前' }],
  ]
  for (const [door, sent] of doors) {
    const refused = await window.send('POST', `/api/cases/${id}/${door}`, {
      body: { ...sent, version: version + 1 },
    })
    expect(refused, door).toMatchObject({ status: 404, body: { code: 'case.not-found' } })
  }
  expect((await act(colleague, id, 'accept')).status).toBe(200)
})

test('a window is barred from her own case by the number of the staff registry, whatever her account has typed', async () => {
  const { person: fresh } = await neighbour(1)
  await boundBefore(county, fresh, 'zhao-min')
  const { person } = await neighbour()
  const id = await file(person, 'LX-017', ZHAO_MIN)
  const { version } = await caseOf(person, id)
  const doors: [string, object][] = [
    ['actions', acts('accept')],
    ['actions', acts('decline', { reason: '不办' })],
    ['actions', acts('transfer', { reason: '转走', toUnitId: '341821103' })],
    ['actions', acts('grant')],
    ['identity-confirmation', { reason: '本人在面前' }],
  ]
  for (const [door, sent] of doors) {
    const refused = await fresh.send('POST', `/api/cases/${id}/${door}`, { body: { ...sent, version } })
    expect([403, 404, 409], JSON.stringify([door, sent, refused.body])).toContain(refused.status)
  }
  expect((await caseOf(person, id)).version).toBe(version)
  const queue = await queueOf(fresh)
  expect(queue.items.map(({ caseId }) => caseId)).not.toContain(id)
  expect(queue.counts['to-do']).toBe(queue.items.length)
  expect(await toldOf(id)).not.toContain('staff:zhao-min')
  // The pool has another window: it goes on there.
  const colleague = await county.as('qian-li')
  expect(await inQueue(colleague, id)).toBe(true)
  expect((await act(colleague, id, 'accept')).status).toBe(200)
})

test('who applied on her own phone for somebody else does not decide on it', async () => {
  const window = await county.as('qian-li')
  const { name, idNumber } = await neighbour()
  const id = await file(window, 'LX-017', { name, idNumber })
  const { version } = await caseOf(window, id)
  const refused = await window.send('POST', `/api/cases/${id}/actions`, {
    body: { ...acts('accept'), version },
  })
  expect(refused).toMatchObject({ status: 403, body: { code: 'case.own-case' } })
  expect(await inQueue(window, id)).toBe(false)
})

test('a declared relative decides nothing, looks at nothing, and goes to no site', async () => {
  const { person, name, idNumber } = await neighbour()
  const id = await file(person, 'LX-017', { name, idNumber })
  await county.services.database.rows(sql`update cases set state = jsonb_set(state, '{relatives}', '["qian-li"]')
    where id = ${id}::uuid`)
  const relative = await county.as('qian-li')
  const { version } = await caseOf(person, id)
  for (const action of ['accept', 'decline'])
    expect(
      (
        await relative.send('POST', `/api/cases/${id}/actions`, {
          body: { ...acts(action, { reason: '理由' }), version },
        })
      ).status,
    ).not.toBe(200)
  const confirmed = await relative.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version, reason: '本人在面前' },
  })
  expect(confirmed.status).not.toBe(200)
})

test('a village agent’s own application goes on without her, and the administrator sees it', async () => {
  const agent = await county.as('zhao-xiaoyan')
  const id = await file(agent, 'LX-013', ZHAO_XIAOYAN, ZHAO_XIAOYAN.village)
  expect(await inQueue(agent, id)).toBe(false)
  const admin = await county.as('he-jing')
  expect(await inQueue(admin, id, 'unstaffed')).toBe(true)
  // Seen, and in nobody's hands.
  const { caseNumber } = await caseOf(admin, id)
  const found = await admin.send<Queue>('POST', '/api/work/cases/search', { body: { q: caseNumber } })
  expect(found.body.items).toMatchObject([{ caseId: id, relation: null }])
  const told = await toldOf(id)
  expect(told).toEqual(expect.arrayContaining(['staff:wang-lixin', 'staff:qian-li']))
  expect(told).not.toContain('staff:zhao-xiaoyan')
  const substitute = await county.as('wang-lixin')
  expect(await inQueue(substitute, id)).toBe(true)
  expect((await act(substitute, id, 'accept')).status).toBe(200)
  const window = await county.as('qian-li')
  expect(await inQueue(window, id)).toBe(true)
  expect((await act(window, id, 'grant')).status).toBe(200)
})

test('work goes to whoever stands in when its holder goes on leave, or leaves', async () => {
  const { person, name, idNumber } = await neighbour()
  const id = await file(person, 'LX-013', { name, idNumber }, ZHAO_XIAOYAN.village)
  const window = await county.as('qian-li')
  expect(await inQueue(window, id)).toBe(false)
  const change = (change: ReturnType<typeof sql>) =>
    county.services.database.rows(sql`with changed as (update staff set ${change} where id = 'zhao-xiaoyan')
      update reference_data set revision = revision + 1`)
  const leave = [{ from: '2026-11-24', to: '2026-11-30', substituteId: 'qian-li' }]
  await change(sql`leave = ${JSON.stringify(leave)}::jsonb`)
  await county.app.jobs['remind-of-deadlines']()
  expect(await inQueue(window, id)).toBe(true)
  expect(await inQueue(await county.as('zhao-xiaoyan'), id)).toBe(true)
  expect(await toldOf(id)).toContain('staff:qian-li')
  const { version, timeline } = await caseOf(window, id)
  expect(timeline[0]).toMatchObject({
    title: '转给在岗的人',
    who: '自动安排',
    note: '赵小燕 不在。请 梅渚镇 镇窗口 办',
  })
  const told = JSON.stringify(await caseOf(person, id))
  for (const words of ['替班', '赵小燕']) expect(told).not.toContain(words)
  await county.app.jobs['remind-of-deadlines']()
  expect((await caseOf(window, id)).version).toBe(version)
  expect((await act(window, id, 'accept')).status).toBe(200)
  await change(sql`leave = '[]'::jsonb, active = false`)
  await county.app.jobs['remind-of-deadlines']()
  expect((await act(window, id, 'grant')).status).toBe(200)
  await change(sql`active = true`)
})

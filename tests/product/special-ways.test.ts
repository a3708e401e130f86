import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseList } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { Home } from '#shared/contract/service-item'
import type { Queue } from '#shared/contract/work'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// What the law orders for some items alone: an emergency, an objection that comes first, a visit by two of the organ.
const DALIANG = '341821105200'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const identity = { name: '周桂香', idNumber: '', mobile: '15400000001' }

async function file(itemId: string, answers: Record<string, unknown>) {
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  const { person, idNumber } = await newcomer(county, {
    name: identity.name,
    birth: '1960-03-05',
    villageCode: DALIANG,
    level: 3,
  })
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => person.upload()))
  const input = validInput(item, createRandom(7), {
    ...packContext(dayIn(county.services.clock.now())),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    identity: { ...identity, idNumber },
    villageCode: DALIANG,
  })
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: itemId, ...input, answers: { ...input.answers, ...answers } },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  return { person, ...filed.body }
}

const FAILED = '再查，情况不符'

test('urgent help is promised for today, and the village checks the household after it is given', async () => {
  const { person, id, dueOn } = await file('LX-009', { kind: '急难型' })
  expect(dueOn).toBe('2026-11-24')
  const village = await county.as('wang-lixin')
  expect((await caseOf(village, id)).staff?.allowed ?? []).toEqual([])
  const [window, reviewer] = [await county.as('zhao-min'), await county.as('sun-zhiyuan')]
  await act(window, id, 'accept')
  await act(reviewer, id, 'grant')
  await act(window, id, 'conclude')
  await act(window, id, 'deliver', { method: 'electronic' })
  expect((await caseOf(person, id)).status).toBe('delivered')
  expect((await act(village, id, 'verify')).status).toBe(200)
  expect((await caseOf(person, id)).status).toBe('delivered')
})

test('what the village finds otherwise afterwards goes to whoever decided, and the resident hears of it', async () => {
  const { person, id, caseNumber } = await file('LX-009', { kind: '急难型' })
  const [window, reviewer] = [await county.as('zhao-min'), await county.as('sun-zhiyuan')]
  await act(window, id, 'accept')
  await act(reviewer, id, 'grant')
  await act(window, id, 'conclude')
  await act(window, id, 'deliver', { method: 'electronic' })
  const reason = '家里没有遭灾，房子是好的'
  expect((await act(await county.as('wang-lixin'), id, 'fail', { reason })).status).toBe(200)
  const told = async (who: Person, title: RegExp) =>
    (await who.send<Inbox>('GET', '/api/inbox')).body.items.find(
      (each) => title.test(each.title) && each.lines.some((line) => line.includes(caseNumber)),
    )
  const message = await told(reviewer, /：再查，情况不符$/)
  expect(message).toMatchObject({ to: 'work' })
  expect(message?.lines.join()).not.toMatch(/（|）/)
  expect((await caseOf(reviewer, id)).timeline[0]).toMatchObject({
    title: '再查，情况不符',
    note: reason,
  })
  expect((await caseOf(reviewer, id)).staff?.checkFailed).toMatchObject({ reason })
  expect((await told(person, /：再查，情况不符$/))?.lines[0]).toContain('作决定的单位会找你')
  expect((await caseOf(person, id)).timeline[0]).toMatchObject({ title: FAILED, note: reason })
})

test('what a check finds otherwise is told by one word: by the case, in the list, at home, in a search', async () => {
  const { person, id, caseNumber } = await file('LX-009', { kind: '急难型' })
  const [window, reviewer] = [await county.as('zhao-min'), await county.as('sun-zhiyuan')]
  await act(window, id, 'accept')
  await act(reviewer, id, 'grant')
  await act(window, id, 'conclude')
  expect(await caseOf(person, id)).toMatchObject({
    outcome: { word: '办好了', tone: 'good' },
    checkFailed: false,
  })
  await act(window, id, 'deliver', { method: 'electronic' })
  await act(await county.as('wang-lixin'), id, 'fail', { reason: '家里没有遭灾' })
  const seen = await caseOf(person, id)
  expect(seen).toMatchObject({ outcome: { word: FAILED, tone: 'late' }, nowText: FAILED, checkFailed: true })
  const { items } = (await person.send<CaseList>('GET', '/api/cases')).body
  expect(items.find((each) => each.id === id)).toMatchObject({
    statusText: FAILED,
    outcome: { word: FAILED, tone: 'late' },
  })
  const todos = (await person.send<Home>('GET', '/api/home')).body.me?.todos ?? []
  expect(todos.find(({ caseId }) => caseId === id)?.title).toBe(`${seen.plainName}：${FAILED}`)
  const found = await window.send<Queue>('POST', '/api/work/cases/search', {
    body: { q: caseNumber, tab: 'all' },
  })
  expect(found.body.items[0]).toMatchObject({ caseId: id, note: FAILED })
})

test('who is refused legal aid is told to object to the justice bureau first', async () => {
  const { person, id } = await file('LX-050', { urgent: false })
  const holders = await staffOf('justice')
  await act(await county.as(holders['window'] ?? ''), id, 'accept')
  await act(await county.as(holders['dept-approver'] ?? ''), id, 'refuse', { reason: '不在法律援助的范围里' })
  expect((await caseOf(person, id)).decision?.remedy).toBe(
    '不服这个决定，先向郎溪县司法局提出异议，5 日内给答复；答复维持、还是不服的，可以在收到后 60 日内向郎溪县人民政府申请行政复议，或者在 6 个月内向郎溪县人民法院起诉。',
  )
})

async function staffOf(unitId: string) {
  const roles = ['window', 'dept-approver'] as const
  const reference = await county.app.reference.current()
  return Object.fromEntries(roles.map((role) => [role, reference.holders(role, unitId)[0]?.id ?? '']))
}

test('what the county has still to confirm stands in the pack, and on no page', async () => {
  const item = packItems().find(({ id }) => id === 'LX-025')
  expect(item?.notes.join()).toContain('街道办事处')
  for (const path of ['/api/service-items/LX-025', '/api/service-items/LX-025/form']) {
    const { status, body } = await (await county.as('li-jianguo')).send('GET', path)
    expect(status).toBe(200)
    for (const note of item?.notes ?? []) expect(JSON.stringify(body)).not.toContain(note)
  }
})

type Problem = { code: string; detail?: string; errors?: { pointer: string; message: string }[] }

test('a site is seen by two of the organ that examines, not by an auditor or the tax office', async () => {
  const { id } = await file('LX-034', {})
  await act(await county.as('qian-xiaoli'), id, 'accept')
  const reviewer = await county.as('li-wanqing')
  await act(reviewer, id, 'pass')
  const visit = (officerIds: readonly string[]) =>
    act(reviewer, id, 'record-visit', { officerIds, reason: '现场和申请一致' }).then(({ status, body }) => {
      const { code, errors = [] } = body as Problem
      return [status, code, errors.map(({ pointer }) => pointer)]
    })
  for (const stranger of ['auditor-1', 'reviewer-tax-1'])
    expect(await visit(['li-wanqing', stranger])).toEqual([422, 'case.officer-elsewhere', ['/officerIds/1']])
  expect(await visit(['zhao-gang', 'qian-sen'])).toEqual([422, 'case.target-unknown', ['/officerIds']])
  expect(await visit(['li-wanqing', 'zhao-gang'])).toEqual([200, undefined, []])
})

test('an emergency’s shorter promise is no difference to its events', async () => {
  const { id } = await file('LX-050', { urgent: true })
  const lines: string[] = []
  await rebuildCases({ services: county.services, words: [], print: (line) => lines.push(line) })
  expect(lines.filter((line) => line.includes(id))).toEqual([])
})

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import type { Person } from './client'
import { act, type County, caseOf, openCounty } from './county'
import { fileProject, LOOKERS, nothingMissing } from './project'

// Who is above one of several departments has it look again at its own decision: they name whose, and it alone answers. 行政许可法 第60条
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const HEAD = 'approver-nr-1'
const does = async (staffId: string, id: string, action: Parameters<typeof act>[2], more: object = {}) => {
  const { status, body } = await act(await county.as(staffId), id, action, { ...more })
  expect({ staffId, action, status, body }).toMatchObject({ status: 200 })
}
async function begun() {
  const { person, id } = await fileProject(county)
  await nothingMissing(county, id)
  await does('zhou-min', id, 'accept')
  return { person, id }
}
async function by(staffId: string, id: string, body: object) {
  const person = await county.as(staffId)
  const { version } = await caseOf(person, id)
  return person.send<{ code?: string; errors?: readonly { pointer: string }[] }>(
    'POST',
    `/api/cases/${id}/after-decision`,
    { body: { version, ...body } },
  )
}
const told = async (person: Person, id: string) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ page }) => page.includes(id))
const linesOf = async (staffId: string, id: string, title: RegExp) =>
  (await told(await county.as(staffId), id))
    .filter((each) => title.test(each.title))
    .map(({ lines }) => lines.join())
const rowOf = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send<Queue>('GET', '/api/work/cases')).body.items.find(
    ({ caseId, note }) => caseId === id && note !== null && note !== undefined,
  )
const afterOf = async (staffId: string, id: string) =>
  (await caseOf(await county.as(staffId), id)).staff?.afterDecision
const looks = async (staffId: string, id: string) =>
  (await county.as(staffId)).send('POST', `/api/work/cases/${id}/looks`, { body: { reason: '群众举报' } })

const ADVICE = { action: 'advise-revocation', basis: 'procedure', reason: '举报说没有看现场' } as const
const PROPOSAL = { action: 'propose-revocation', basis: 'procedure', reason: '查了，没有看现场' } as const

test('督查 names one of several departments, which alone answers it; the firm hears of nothing', async () => {
  const { person, id } = await begun()
  for (const unit of ['nr', 'eco'] as const) await does(LOOKERS[unit], id, 'pass')
  await does(LOOKERS.water, id, 'fail', { reason: '缺弃渣场设计' })
  expect((await looks('supervisor-1', id)).status).toBe(201)
  expect(await afterOf('supervisor-1', id)).toMatchObject({
    allowed: ['advise-revocation'],
    decisions: [
      { unitId: 'nr', name: expect.stringContaining('规划许可'), acts: ['advise-revocation'] },
      { unitId: 'eco', name: expect.stringContaining('环境影响'), acts: ['advise-revocation'] },
    ],
    advice: null,
  })
  // Of several nobody guesses which.
  expect(await by('supervisor-1', id, ADVICE)).toMatchObject({
    status: 422,
    body: { code: 'case.target-unknown', errors: [{ pointer: '/unitId' }] },
  })
  expect(await by('supervisor-1', id, { ...ADVICE, unitId: 'water' })).toMatchObject({
    body: { code: 'case.own-refusal-stands' },
  })
  expect(await by('supervisor-1', id, { ...ADVICE, unitId: 'housing' })).toMatchObject({
    status: 409,
    body: { code: 'case.undecided' },
  })
  expect(await by('zhou-min', id, { ...ADVICE, unitId: 'nr' })).toMatchObject({ status: 403 })
  const done = await by('supervisor-1', id, { ...ADVICE, unitId: 'nr' })
  expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200 })

  const which = { unitName: expect.stringContaining('自然资源'), name: expect.stringContaining('规划许可') }
  expect(await afterOf(HEAD, id)).toMatchObject({
    allowed: expect.arrayContaining(['decline-advice', 'propose-revocation']),
    advice: { title: '督查建议撤销', own: which, reason: ADVICE.reason },
    settleBy: expect.any(String),
  })
  // About another decision they may ask besides, about this one once.
  const asking = await afterOf('supervisor-1', id)
  expect(asking).toMatchObject({ allowed: ['advise-revocation'], advice: { own: which } })
  expect(asking?.decisions?.map(({ unitId }) => unitId)).not.toContain('nr')
  expect((await afterOf(LOOKERS.eco, id))?.advice ?? null).toBeNull()
  expect(await by(LOOKERS.eco, id, { action: 'decline-advice', reason: '不是我们的' })).toMatchObject({
    status: 403,
    body: { code: 'case.not-your-task' },
  })
  expect(await linesOf(HEAD, id, /督查建议撤销/)).toEqual([
    expect.stringMatching(/自规.*规划许可.*：发拟撤销告知书/),
  ])
  expect(await linesOf(LOOKERS.eco, id, /督查建议撤销/)).toEqual([])
  expect(await rowOf(HEAD, id)).toMatchObject({ note: '等你答复督查', firstAction: '答复' })
  const view = await caseOf(await county.as(HEAD), id)
  expect(view.timeline.map(({ title }) => title).join()).toMatch(/自规局.*规划许可.*请它重新审查/)
  const seen = JSON.stringify(await caseOf(person, id))
  expect(seen).not.toContain(ADVICE.reason)
  expect(seen).not.toContain('重新审查')

  // Another department proposes of its own meanwhile: this one has still to answer, and who asked hears of none of it.
  const eco = await by(LOOKERS.eco, id, PROPOSAL)
  expect(eco, JSON.stringify(eco.body)).toMatchObject({ status: 200 })
  expect(await linesOf('supervisor-1', id, /机关拟撤销/)).toEqual([])
  expect(await rowOf(HEAD, id)).toMatchObject({ note: '等你答复督查' })
  expect((await afterOf(HEAD, id))?.waitsBecause).toContain('正在定撤不撤它自己批的那一样')
  expect(await by(HEAD, id, { action: 'decline-advice', reason: '现场看过，有记录' })).toMatchObject({
    status: 200,
  })
  expect(await linesOf('supervisor-1', id, /机关不撤销/)).toEqual([expect.stringMatching(/自规.*规划许可/)])
  expect(await rowOf(HEAD, id)).toBeUndefined()
  expect((await afterOf('supervisor-1', id))?.advice ?? null).toBeNull()
})

test('the county’s government looks at it as at any case, no more; what it orders is carried out', async () => {
  const { id } = await begun()
  expect((await looks('county-leader', id)).status).toBe(403)
  const leader = await county.as('county-leader')
  expect((await leader.send('GET', `/api/cases/${id}`)).status).toBe(404)
  for (const unit of ['nr', 'eco'] as const) await does(LOOKERS[unit], id, 'pass')
  // It is asked for more time, and so sees the case.
  await does(LOOKERS.water, id, 'request-approval', { for: 'extend', reason: '方案还要专家看' })
  expect(await afterOf('county-leader', id)).toMatchObject({ allowed: ['advise-revocation'] })
  expect(await by('county-leader', id, { ...ADVICE, unitId: 'nr' })).toMatchObject({ status: 200 })
  expect(await afterOf(HEAD, id)).toMatchObject({ advice: { title: '县政府责令重新审查' } })
  expect(await by(HEAD, id, { action: 'decline-advice', reason: '没有错' })).toMatchObject({
    status: 409,
    body: { code: 'case.advice-ordered' },
  })
  expect(await by(LOOKERS.nr, id, PROPOSAL)).toMatchObject({ status: 200 })
  expect(await linesOf('county-leader', id, /机关拟撤销/)).toEqual([expect.stringMatching(/自规.*规划许可/)])
})

test('whoever signs for two departments reads both decisions, names one, and nothing comes of the other', async () => {
  const { id } = await begun()
  await does(LOOKERS.nr, id, 'pass')
  await does(LOOKERS.eco, id, 'pass')
  const signer = LOOKERS.nr
  await county.services.database.rows(sql`with added as (insert into staff_roles (staff_id, role, unit_id, acting)
      values (${signer}, 'dept-reviewer', 'eco', false))
    update reference_data set revision = revision + 1, registry = registry + 1`)
  expect((await afterOf(signer, id))?.decisions).toMatchObject([
    { unitId: 'nr', acts: ['propose-revocation'], asksNewFact: false },
    { unitId: 'eco', acts: ['propose-revocation'], asksNewFact: false },
  ])
  expect((await looks('supervisor-1', id)).status).toBe(201)
  for (const unitId of ['nr', 'eco'])
    expect((await by('supervisor-1', id, { ...ADVICE, unitId })).status).toBe(200)
  // Each department's own stands by itself, and is answered under its name.
  const shares = (await afterOf(signer, id))?.shares
  expect(shares?.map(({ unitId, advice }) => [unitId, advice?.own?.name !== undefined])).toEqual([
    ['nr', false],
    ['eco', true],
  ])
  expect((await by(signer, id, { ...PROPOSAL, unitId: 'eco' })).status).toBe(200)
  const { lanes } = await caseOf(await county.as(signer), id)
  const words = (unit: string) => lanes?.units.find(({ unitId }) => unitId === unit)?.words ?? ''
  expect([words('nr').includes('准备撤销'), words('eco').includes('准备撤销')]).toEqual([false, true])
})

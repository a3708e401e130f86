import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import { type County, caseOf, newcomer, type Person } from '../product/county'
import { applicationOf, fileCase } from './applications'
import { atMost, openOnServices } from './counties'
import { ask } from './databases'

let county: County
let databaseUrl: string
let resident: Person
beforeAll(async () => {
  const opened = await openOnServices('PostgreSQL and Redis', { DATABASE_CONNECTIONS: '20' })
  county = opened.county
  databaseUrl = opened.databaseUrl
  const born = await newcomer(county, {
    name: '沈秀英',
    birth: '1970-03-05',
    villageCode: '341821105200',
    // Whoever is not confirmed has ten cases pending at most.
    level: 3,
  })
  resident = born.person
})
afterAll(() => county.close())

it('lets one of two staff accept the same case, fifty times', async () => {
  const [one, two] = await Promise.all([county.as('zhao-min'), county.as('qian-li')])
  const filed = await atMost(50, 4, (index) => fileCase(resident, 'LX-017', index))
  for (const { id } of filed) {
    const view = await caseOf(one, id)
    const allowed = view.staff?.allowed.find(({ action }) => action === 'accept')
    const body = {
      action: 'accept',
      version: view.version,
      stepKey: allowed?.stepKey,
      unitId: allowed?.unitId,
    }
    const answers = await Promise.all(
      [one, two].map((who) => who.send('POST', `/api/cases/${id}/actions`, { body })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'case.state-changed' })
  }
  const [counted] = await ask<Record<string, number>>(
    databaseUrl,
    `select count(*) filter (where type = 'accepted')::int as events,
      count(distinct case_id) filter (where type = 'accepted')::int as cases,
      (select count(*)::int from audit_entries where action like 'case.accepted%') as audits from case_events`,
  )
  expect(counted).toEqual({ events: 50, cases: 50, audits: 50 })
})

it('gives 200 applications filed at once a number each', async () => {
  const bodies = await atMost(200, 8, (index) => applicationOf(resident, 'LX-017', 1_000 + index))
  const filed = await Promise.all(
    bodies.map((body) => resident.send<CaseCreated>('POST', '/api/cases', { body })),
  )
  expect(filed.map(({ status }) => status)).toEqual(filed.map(() => 201))
  const numbers = filed.map(({ body }) => body.caseNumber)
  expect(new Set(numbers).size).toBe(200)
  for (const number of numbers) expect(number).toMatch(/^341821261124\d{4,}$/)
})

it('gives twelve seats of a half day to fifty who ask at once', async () => {
  const bodies = await atMost(50, 8, (index) => applicationOf(resident, 'LX-052', 2_000 + index))
  const slot = { date: '2026-11-30', half: '上午' }
  const filed = await Promise.all(
    bodies.map((body) =>
      resident.send('POST', '/api/cases', { body: { ...body, answers: { ...body.answers, slot } } }),
    ),
  )
  const full = filed.filter(({ status }) => status !== 201)
  expect(filed).toHaveLength(50)
  expect(full).toHaveLength(38)
  for (const { body } of full) expect(body).toMatchObject({ code: 'application.slot-full' })
  const booked = await ask(databaseUrl, 'select booked from slot_counters')
  expect(booked).toEqual([{ booked: 12 }])
})

it('answers one intent with one case, however often and at whatever moment it is sent', async () => {
  const body = await applicationOf(resident, 'LX-052', 3_000)
  const file = (more: object = {}) =>
    resident.send<CaseCreated>('POST', '/api/cases', { body: { ...body, ...more }, key: 'one-intent' })
  const [before] = await ask<{ cases: number }>(databaseUrl, 'select count(*)::int as cases from cases')
  const answers = [
    ...(await Promise.all(Array.from({ length: 8 }, () => file()))),
    // Its papers are taken by now, as after an answer that was lost on its way.
    await file(),
  ]
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
  expect(new Set(answers.map(({ body: { id } }) => id)).size).toBe(1)
  const [after] = await ask<{ cases: number }>(databaseUrl, 'select count(*)::int as cases from cases')
  expect(after?.cases).toBe((before?.cases ?? 0) + 1)
  expect(await file({ agent: true })).toMatchObject({ status: 422, body: { code: 'request.key-reused' } })
})

it('answers one act of staff alike when it is sent several times at once', async () => {
  const window = await county.as('zhao-min')
  const { id } = await fileCase(resident, 'LX-017', 4_000)
  const { version, staff } = await caseOf(window, id)
  const { stepKey, unitId } = staff?.allowed.find(({ action }) => action === 'accept') ?? {}
  const body = { action: 'accept', version, stepKey, unitId }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      window.send('POST', `/api/cases/${id}/actions`, { body, key: 'one-act-of-staff' }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
})

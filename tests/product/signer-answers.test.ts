import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { act, type County, caseOf, openCounty } from './county'
import { fileProject, LOOKERS, nothingMissing } from './project'

// Who signed a decision answers not that it stands, as long as the organ has somebody else. 行政许可法 第60条
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const SIGNER = LOOKERS.eco
const SECOND = 'reviewer-eco-2'
const ADVICE = {
  action: 'advise-revocation',
  basis: 'abuse',
  reason: '举报说没有看现场',
  unitId: 'eco',
} as const
const PROPOSAL = { action: 'propose-revocation', basis: 'procedure', reason: '查了，没有看现场' } as const
const DECLINE = { action: 'decline-advice', reason: '现场看过，有记录' } as const
const KEEP = { action: 'keep-decision', reason: '查过了，没有错' } as const

/** Of several departments one has granted its own, and 督查 looks at it. */
async function signed() {
  const { id } = await fileProject(county)
  await nothingMissing(county, id)
  for (const [staffId, action] of [
    ['zhou-min', 'accept'],
    [SIGNER, 'pass'],
  ] as const) {
    const { status, body } = await act(await county.as(staffId), id, action, {})
    expect({ staffId, status, body }).toMatchObject({ status: 200 })
  }
  const supervisor = await county.as('supervisor-1')
  await supervisor.send('POST', `/api/work/cases/${id}/looks`, { body: { reason: '群众举报' } })
  return id
}
async function by(staffId: string, id: string, body: object) {
  const person = await county.as(staffId)
  const { version } = await caseOf(person, id)
  return person.send<{ code?: string }>('POST', `/api/cases/${id}/after-decision`, {
    body: { version, ...body },
  })
}
const afterOf = async (staffId: string, id: string) =>
  (await caseOf(await county.as(staffId), id)).staff?.afterDecision
const rowOf = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send<Queue>('GET', '/api/work/cases')).body.items.find(
    ({ caseId }) => caseId === id,
  )
const linesOf = async (staffId: string, id: string, title: RegExp) =>
  (await (await county.as(staffId)).send<Inbox>('GET', '/api/inbox')).body.items
    .filter(({ page, title: said }) => page.includes(id) && title.test(said))
    .map(({ lines }) => lines.join())
const people = (holds: boolean) =>
  county.services.database.rows(sql`with moved as (update staff_roles set unit_id = ${holds ? 'eco' : 'emergency'}
      where staff_id = ${SECOND} and role = 'dept-reviewer')
    update reference_data set revision = revision + 1, registry = registry + 1`)

test('what 督查 says of it the other one of the organ answers, and both read whose it is', async () => {
  const id = await signed()
  expect(await by('supervisor-1', id, ADVICE)).toMatchObject({ status: 200 })
  expect(await afterOf(SIGNER, id)).toMatchObject({
    allowed: ['propose-revocation'],
    waitsBecause: expect.stringContaining('不撤销要另一个人来答复'),
  })
  expect(await rowOf(SIGNER, id)).toMatchObject({
    note: '决定是你签的，不撤销由另一个人答复',
    firstAction: '看要不要撤',
  })
  expect(await rowOf(SECOND, id)).toMatchObject({ note: '等你答复督查', firstAction: '答复' })
  expect(await linesOf(SIGNER, id, /督查建议撤销/)).toEqual([expect.stringContaining('由另一个人答复')])
  expect(await linesOf(SECOND, id, /督查建议撤销/)).toEqual([expect.stringContaining('写明为什么不撤销')])
  expect(await by(SIGNER, id, DECLINE)).toMatchObject({ status: 409, body: { code: 'case.own-decision' } })
  expect(await by(SECOND, id, DECLINE)).toMatchObject({ status: 200 })
  const [answer] = await linesOf('supervisor-1', id, /机关不撤销/)
  expect(answer).not.toContain('当初签这个决定的人')
})

test('whose revocation another has proposed the signer keeps only where nobody else is left, and who asked reads it', async () => {
  const id = await signed()
  expect(await by('supervisor-1', id, ADVICE)).toMatchObject({ status: 200 })
  expect(await by(SECOND, id, PROPOSAL)).toMatchObject({ status: 200 })
  expect(await rowOf(SECOND, id)).toMatchObject({ note: '是你提的，由另一个人定', firstAction: null })
  expect(await rowOf(SIGNER, id)).toMatchObject({ note: '等你定撤不撤', firstAction: '定撤不撤' })
  expect(await by(SIGNER, id, KEEP)).toMatchObject({ status: 200 })
  expect(await linesOf('supervisor-1', id, /决定不撤销了/)).toEqual([
    expect.stringContaining('单位里没有别人能答复，是当初签这个决定的人答复的'),
  ])
  const { timeline } = await caseOf(await county.as('supervisor-1'), id)
  expect(JSON.stringify(timeline)).toContain('是当初签这个决定的人答复的')
})

test('an organ of one stands not still', async () => {
  const id = await signed()
  await people(false)
  expect(await by('supervisor-1', id, ADVICE)).toMatchObject({ status: 200 })
  expect(await rowOf(SIGNER, id)).toMatchObject({ note: '等你答复督查', firstAction: '答复' })
  expect(await by(SIGNER, id, DECLINE)).toMatchObject({ status: 200 })
  expect(await linesOf('supervisor-1', id, /机关不撤销/)).toEqual([
    expect.stringContaining('是当初签这个决定的人答复的'),
  ])
  await people(true)
})

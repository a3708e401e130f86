import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Queue } from '#shared/contract/work'
import { countedUp } from '../../functions/platform/db/parts/revision'
import { atShare, nextOf, sharesOf } from '../../miniprogram/src/staff/case/parts/share'
import { act, type County, caseOf, openCounty } from './county'
import { fileProject, LOOKERS } from './project'

// What a row of the queue says is to be done, and for which department, in words that lead nobody to a wrong act.
let county: County
const rows = (statement: ReturnType<typeof sql>) => county.services.database.rows(statement)
const counted = () => rows(sql`update reference_data set ${countedUp(['registry'])}`)
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const PAPER = '各阶段材料按清单一次上传'
const paper = (reason: string) => ({ items: [{ kind: 'material', name: PAPER, reason }] })
const rowsOf = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send<Queue>('GET', '/api/work/cases')).body.items.filter(
    ({ caseId }) => caseId === id,
  )
const does = async (
  staffId: string,
  id: string,
  action: Parameters<typeof act>[2],
  more: Record<string, unknown> = {},
) => {
  const { status, body } = await act(await county.as(staffId), id, action, more)
  expect({ status, body }).toMatchObject({ status: 200 })
}
const shortName = async (unitId: string) =>
  (await county.app.reference.current()).units.get(unitId)?.shortName ?? '-'

test('whoever accepts is led to no refusal while a department looks, and to the notice when all have looked', async () => {
  const { id } = await fileProject(county)
  await does(LOOKERS.nr, id, 'draft-correction', paper('标出退让红线的距离'))
  for (const unit of ['water', 'housing', 'emergency'] as const)
    await does(LOOKERS[unit], id, 'draft-nothing')
  expect(await rowsOf('zhou-min', id)).toMatchObject([
    { firstAction: null, note: `等${await shortName('eco')}看完` },
  ])
  await does(LOOKERS.eco, id, 'draft-nothing')
  expect(await rowsOf('zhou-min', id)).toMatchObject([{ firstAction: '一次性补正告知' }])
})

test('by the day after the last of the departments nobody is awaited, without a further write', async () => {
  const { id } = await fileProject(county)
  await does(LOOKERS.nr, id, 'draft-correction', paper('标出退让红线的距离'))
  const names = await Promise.all((['water', 'eco', 'housing', 'emergency'] as const).map(shortName))
  const [row] = await rowsOf('zhou-min', id)
  expect(row?.note).toMatch(/^等.+看完$/)
  for (const name of names) expect(row?.note).toContain(name)
  await county.door('POST', 'clock', { advanceWorkingDays: 4 })
  expect(await rowsOf('zhou-min', id)).toMatchObject([
    { firstAction: '一次性补正告知', note: expect.not.stringContaining('看完') },
  ])
})

test('a department that looks at what came is led to look, and says for itself whether it is enough', async () => {
  const { id, person } = await fileProject(county)
  await does(LOOKERS.nr, id, 'draft-correction', paper('标出退让红线的距离'))
  for (const unit of ['water', 'eco', 'housing', 'emergency'] as const)
    await does(LOOKERS[unit], id, 'draft-nothing')
  await does('zhou-min', id, 'request-correction', { ...paper('标出退让红线的距离'), reason: '缺红线' })
  const { version } = await caseOf(person, id)
  const sent = await person.send('POST', `/api/cases/${id}/supplement`, {
    body: { version, materials: [{ name: PAPER, files: [await person.upload()] }], answers: {} },
  })
  expect(sent.status, JSON.stringify(sent.body)).toBe(200)
  expect(await rowsOf(LOOKERS.nr, id)).toMatchObject([{ firstAction: '看补来的' }])
})

test('of two departments each row names its own, and leads to its own share', async () => {
  await rows(sql`insert into staff_roles (staff_id, role, unit_id, acting)
    values ('he-bin', 'dept-reviewer', 'eco', false) on conflict do nothing`)
  await counted()
  const { id } = await fileProject(county)
  const [nr, eco] = [await shortName('nr'), await shortName('eco')]
  const found = await rowsOf('he-bin', id)
  expect(found.map(({ department }) => department)).toEqual(
    expect.arrayContaining([
      { unitId: 'nr', name: nr },
      { unitId: 'eco', name: eco },
    ]),
  )
  expect(found).toHaveLength(2)
  const [row] = await rowsOf(LOOKERS.water, id)
  expect(row?.department).toBeUndefined()
  const { staff } = await caseOf(await county.as('he-bin'), id)
  expect(new Set(staff?.allowed.map(({ shortName: name }) => name))).toEqual(new Set([nr, eco]))
})

test('whoever only keeps the place of an organ without people is led to find somebody, never to stop the clock', async () => {
  const { id } = await fileProject(county)
  for (const staffId of Object.values(LOOKERS)) await does(staffId, id, 'draft-nothing')
  await does('zhou-min', id, 'accept')
  await rows(sql`update staff set active = false where id in ('pan-yong', 'reviewer-water-2')`)
  await counted()
  await county.app.jobs['remind-of-deadlines']()
  expect(await rowsOf('he-jing', id)).toMatchObject([
    {
      firstAction: null,
      note: '这里没有人办，先找人来办',
      department: { unitId: 'water', name: await shortName('water') },
    },
  ])
})

const after = async (staffId: string, id: string, body: object) => {
  const person = await county.as(staffId)
  const { version } = await caseOf(person, id)
  return person.send<{ code?: string }>('POST', `/api/cases/${id}/after-decision`, {
    body: { version, ...body },
  })
}
const ADVICE = { action: 'advise-revocation', basis: 'procedure', reason: '举报说没有看现场' } as const
const signsFor = async (...unitIds: readonly string[]) => {
  for (const unitId of unitIds)
    await rows(sql`insert into staff_roles (staff_id, role, unit_id, acting)
      values ('he-bin', 'dept-reviewer', ${unitId}, false), ('he-bin', 'dept-approver', ${unitId}, false)
      on conflict do nothing`)
  await counted()
}
const accepted = async () => {
  const { id } = await fileProject(county)
  for (const staffId of Object.values(LOOKERS)) await does(staffId, id, 'draft-nothing')
  await does('zhou-min', id, 'accept')
  return id
}
const pageOf = async (id: string, unitId: string | undefined) => {
  const view = await caseOf(await county.as('he-bin'), id)
  const at = atShare(view, unitId)
  const { advice, allowed, settleBy, waitsBecause, shares } = at.view.staff?.afterDecision ?? {}
  return {
    at,
    advice: advice?.own?.unitName,
    allowed: allowed ?? [],
    settleBy,
    waitsBecause,
    names: shares?.map((each) => each.unitId),
  }
}

test('of two departments one has decided and the other examines: what is asked of the one stands at its share alone', async () => {
  await rows(sql`update staff set active = true where id in ('pan-yong', 'reviewer-water-2')`)
  await signsFor('nr', 'eco')
  const id = await accepted()
  await does(LOOKERS.nr, id, 'pass')
  await (await county.as('supervisor-1')).send('POST', `/api/work/cases/${id}/looks`, {
    body: { reason: '群众举报' },
  })
  expect(await after('supervisor-1', id, { ...ADVICE, unitId: 'nr' })).toMatchObject({ status: 200 })
  const nr = await pageOf(id, 'nr')
  expect(nr).toMatchObject({
    advice: expect.stringContaining('自然资源'),
    settleBy: expect.any(String),
    names: ['nr'],
  })
  expect(nr.allowed).toContain('propose-revocation')
  expect(nr.at.chosen?.unitId).toBe('nr')
  expect(nextOf(nr.at)?.unitId).toBe('eco')
  const eco = await pageOf(id, 'eco')
  expect(eco).toMatchObject({ advice: undefined, settleBy: null, waitsBecause: null, names: ['eco'] })
  expect(eco.allowed).toEqual([])
  expect(eco.at.view.staff?.allowed.map(({ unitId }) => unitId)).toContain('eco')
  expect(nextOf(eco.at)?.unitId).toBe('nr')
  // Nothing of the first before one has chosen.
  const open = await pageOf(id, undefined)
  expect(open.at.mustChoose).toBe(true)
  expect(open).toMatchObject({ advice: undefined, settleBy: null, waitsBecause: null, allowed: [] })

  // A third one that still examines sees nothing of two that have decided.
  await signsFor('water')
  await does(LOOKERS.eco, id, 'pass')
  expect(await after('supervisor-1', id, { ...ADVICE, unitId: 'eco' })).toMatchObject({ status: 200 })
  const water = await pageOf(id, 'water')
  expect(water).toMatchObject({ advice: undefined, settleBy: null, waitsBecause: null, names: ['water'] })
  expect(water.allowed).toEqual([])
  const view = await caseOf(await county.as('he-bin'), id)
  expect(sharesOf(view).map(({ unitId }) => unitId)).toEqual(expect.arrayContaining(['nr', 'eco']))
  expect((await pageOf(id, 'eco')).advice).toContain('生态环境')
  expect((await pageOf(id, 'nr')).advice).toContain('自然资源')
})

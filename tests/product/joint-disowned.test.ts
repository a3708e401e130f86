import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { Queue } from '#shared/contract/work'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { DALIANG } from '../e2e/scenes'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, caseOf, openCounty, type Person } from './county'
import { disowning } from './disowning'
import { nothingMissing } from './project'

// A joint case that nobody applies for is the work of who leads it, and of no department.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const { born, filedFor, send, disown, does, allowedTo, toldOf, titlesOf, queuedOf } = disowning(() => county)

const holderOf = async (role: string, unitId: string) => {
  const { holders } = await county.app.reference.current()
  return holders(role as Parameters<typeof holders>[0], unitId)[0]?.id ?? ''
}

/** A project that a stranger filed under the credit code of a firm, with who leads it. */
async function projectOf(name: string) {
  const { person } = await born(name, 3, '1981-03-05')
  const item = packItems().find(({ id }) => id === 'LX-045')
  if (!item) throw new Error('no LX-045')
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => person.upload()))
  const { answers, materials } = validInput(item, createRandom(5), {
    ...packContext(dayIn(county.services.clock.now())),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    villageCode: DALIANG,
  })
  const firm = { entName: '郎溪县梅渚镇李记小吃店', uscc: '92341821DEM903328K' }
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: item.id, answers: { ...answers, ...firm }, materials },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const { id } = filed.body
  const [row] = await county.services.database.rows<{ unit: string }>(
    sql`select part_unit_id as unit from case_tasks where case_id = ${id}::uuid and step_key = 'accept'`,
  )
  const unit = row?.unit ?? ''
  return { id, lead: await holderOf('project-officer', unit), unit, filer: person }
}
async function acceptedProject(name: string) {
  const project = await projectOf(name)
  await does(project.lead, await nothingMissing(county, project.id), 'accept')
  return project
}
const openAt = (id: string) =>
  county.services.database.rows<{ step: string; unit: string }>(
    sql`select distinct step_key as step, part_unit_id as unit from case_tasks where case_id = ${id}::uuid`,
  )

/** Houses that a son filed for their owner each, whose sites were seen and not judged yet. */
async function builtHouses(...names: readonly string[]) {
  const houses = new Map<string, { id: string; owner: Person }>()
  for (const name of names) {
    const [owner, son] = [await born(name, 3, '1970-01-01'), await born(`${name}子`, 3, '1990-01-01')]
    const id = await filedFor(son.person, owner, 'LX-025')
    await does('wang-lixin', id, 'verify')
    await does('wang-lixin', id, 'publish-notice')
    houses.set(name, { id, owner: owner.person })
  }
  await county.door('POST', 'clock', { advanceWorkingDays: 8 })
  for (const { id } of houses.values()) {
    await does('wang-lixin', id, 'close-notice')
    await does('zhao-min', id, 'accept')
    await does('sun-zhiyuan', id, 'record-visit', { officerIds: ['sun-zhiyuan', 'li-kai'], reason: '看过了' })
  }
  return [...houses.values()]
}
const disownedByFirm = async (id: string) => disown(await county.as('li-jianguo'), id)
const ENDS = { note: '这家企业说不是自己申请的', firstAction: '这家企业不认，终止' }

test('stands with who leads it until they end it, and no department judges it any more', async () => {
  const { id, lead } = await acceptedProject('郏联办')
  const departments = [await holderOf('dept-reviewer', 'nr'), await holderOf('dept-reviewer', 'water')]
  expect(await queuedOf(lead, id)).toBeUndefined()
  await disownedByFirm(id)
  expect(await queuedOf(lead, id)).toMatchObject(ENDS)
  expect(
    (await titlesOf(await county.as(lead), id)).filter((title) => title.includes(ENDS.note)),
  ).toHaveLength(1)
  for (const staff of departments) {
    expect(await queuedOf(staff, id), staff).toMatchObject({
      note: `${ENDS.note}；由受理的单位终止`,
      firstAction: null,
    })
    expect(await allowedTo(staff, id), staff).toEqual([])
  }
  const { version } = await caseOf(await county.as('he-bin'), id)
  const pass = { action: 'pass', stepKey: 'parallel', unitId: 'nr', version }
  expect(
    await (await county.as(departments[0] ?? '')).send('POST', `/api/cases/${id}/actions`, { body: pass }),
  ).toMatchObject({ body: { code: 'case.action-not-allowed' } })
  await does(lead, id, 'terminate', { reason: 'disowned' })
  expect(await queuedOf(lead, id)).toBeUndefined()
})

test('disowned before it was accepted it goes to no department: whoever would accept it declines or ends it', async () => {
  const { id, lead } = await projectOf('郏先说')
  expect(await queuedOf(await holderOf('dept-reviewer', 'nr'), id)).toMatchObject({
    firstAction: '看材料齐不齐',
  })
  await disownedByFirm(id)
  const possible = (await allowedTo(lead, id))?.map((each) => each.split(' ')[0])
  expect(possible).toEqual(expect.arrayContaining(['decline', 'terminate']))
  expect(possible).not.toContain('accept')
  expect(await queuedOf(lead, id)).toMatchObject(ENDS)
  const { version } = await caseOf(await county.as(lead), id)
  const [{ step, unit } = { step: '', unit: '' }] = await openAt(id)
  const accept = { action: 'accept', stepKey: step, unitId: unit, version }
  expect(
    await (await county.as(lead)).send('POST', `/api/cases/${id}/actions`, { body: accept }),
  ).toMatchObject({ body: { code: 'case.action-not-allowed' } })
  expect(await queuedOf(await holderOf('dept-reviewer', 'nr'), id)).toBeUndefined()
  await does(lead, id, 'terminate', { reason: 'disowned' })
})

test('disowned in its visit, or when the departments have answered, nothing leads to them any more', async () => {
  const [visited, answered] = await builtHouses('郏在看', '郏答过')
  if (!visited || !answered) throw new Error('not built')
  await disown(visited.owner, visited.id)
  const [told] = await toldOf(await county.as('sun-zhiyuan'), visited.id)
  expect(told?.lines[0]).toMatch(/。由正在办的终止$/)
  const left = (await allowedTo('sun-zhiyuan', visited.id))?.map((each) => each.split(' ')[0])
  expect(left).not.toContain('pass')
  expect(left).not.toContain('fail')
  await does('sun-zhiyuan', visited.id, 'terminate', { reason: 'disowned' })

  await does('sun-zhiyuan', answered.id, 'pass')
  for (const { unit } of await openAt(answered.id))
    await does(await holderOf('dept-reviewer', unit), answered.id, 'pass')
  const approver = await holderOf('town-approver', '341821105')
  const returning = async () =>
    (await caseOf(await county.as(approver), answered.id)).staff?.returnTargets.map(({ stepKey }) => stepKey)
  expect(await returning()).toEqual(['site', 'joint'])
  await disown(answered.owner, answered.id)
  expect(await returning()).toEqual([])
  expect(await allowedTo(approver, answered.id)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^refuse /), expect.stringMatching(/^terminate /)]),
  )
})

test('taken back by whoever filed it, the departments hear that nothing is to be done any more', async () => {
  const { id, lead, filer } = await acceptedProject('郏撤回')
  await disownedByFirm(id)
  expect((await send(filer, id, 'withdrawal')).status).toBe(200)
  for (const staff of [lead, await holderOf('dept-reviewer', 'nr')])
    expect(await titlesOf(await county.as(staff), id), staff).toContain('项目马上办的申请停了')
})

test('is ended by whoever stands in for who leads it, on leave before it was disowned or after', async () => {
  const [before, after] = [await acceptedProject('郏请假'), await acceptedProject('郏后假')]
  const { holders } = await county.app.reference.current()
  const members = holders('project-officer', before.unit).map(({ id }) => id)
  const liaison = await holderOf('liaison', before.unit)
  const leave = JSON.stringify([{ from: '2026-01-01', to: '2027-12-31', substituteId: null }])
  const onLeave = (json: string) =>
    county.services.database.rows(sql`with changed as (update staff set leave = ${json}::jsonb
      where id in (select json_array_elements_text(${JSON.stringify(members)}::json)))
      update reference_data set revision = revision + 1`)
  await disownedByFirm(after.id)
  expect(await queuedOf(liaison, after.id)).toBeUndefined()
  await onLeave(leave)
  await disownedByFirm(before.id)
  await county.app.jobs['remind-of-deadlines']()
  for (const { id } of [before, after]) {
    const note = `${ENDS.note}；这里没有人办，先归联络员`
    expect(await queuedOf(liaison, id)).toMatchObject({ ...ENDS, note })
    await does(liaison, id, 'terminate', { reason: 'disowned' })
  }
  await onLeave('[]')
})

test('is told to the departments and who leads it, not to whoever was done with it', async () => {
  const [house] = await builtHouses('郏建房')
  if (!house) throw new Error('not built')
  const { id, owner } = house
  await does('sun-zhiyuan', id, 'pass')
  await disown(owner, id)
  const told = async (staff: string) =>
    (await titlesOf(await county.as(staff), id)).includes('村民建房：本人说不是自己申请的')
  for (const staff of ['zhao-min', 'reviewer-agri-1', 'he-bin']) expect(await told(staff), staff).toBe(true)
  for (const staff of ['wang-lixin', 'sun-zhiyuan']) expect(await told(staff), staff).toBe(false)
  const { items } = (await (await county.as('zhao-min')).send<Queue>('GET', '/api/work/cases')).body
  expect(items.filter(({ caseId }) => caseId === id)).toMatchObject([{ firstAction: '本人不认，终止' }])
  expect((await act(await county.as('zhao-min'), id, 'terminate', { reason: 'disowned' })).status).toBe(200)
})

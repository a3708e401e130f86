import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { Home } from '#shared/contract/service-item'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { DALIANG } from '../e2e/scenes'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { type County, caseOf, openCounty, type Person } from './county'
import { disowning } from './disowning'
import { nothingMissing } from './project'

// What is read of a case that names nobody: the way on that there is, and nobody called what they are not.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const { born, filedFor, send, disown, does, toldOf, queuedOf, listedOf, impostor, cooperative } = disowning(
  () => county,
)
const holdersOf = async (role: string, unitId: string) => {
  const { holders } = await county.app.reference.current()
  return holders(role as Parameters<typeof holders>[0], unitId).map(({ id }) => id)
}
const homeOf = async (person: Person, id: string) =>
  (await person.send<Home>('GET', '/api/home')).body.me?.running.find(({ caseId }) => caseId === id)

async function jointOf(name: string) {
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
  const lead = (await holdersOf('project-officer', unit))[0] ?? ''
  await does(lead, await nothingMissing(county, id), 'accept')
  await disown(await county.as('li-jianguo'), id)
  return { id, person, unit, lead }
}
const nameOf = async (unitId: string) => (await county.app.reference.current()).units.get(unitId)?.name ?? '-'

test('whoever filed reads the same way on in list, home and case, and no next step', async () => {
  const [elder, son] = [await born('凌老太', 3), await born('凌小儿', 2)]
  const id = await filedFor(son.person, elder)
  expect(await caseOf(son.person, id)).toMatchObject({
    disownedWays: null,
    next: { title: expect.anything() },
  })
  await disown(elder.person, id)
  const way = '写的证件号是别人的。号写错了的，按对的再申请；不办了可以撤回'
  expect(await caseOf(son.person, id)).toMatchObject({ disownedWays: way, next: null })
  expect(await listedOf(son.person, id)).toMatchObject({ disownedWays: way })
  expect(await homeOf(son.person, id)).toMatchObject({ disownedWays: way })
  expect((await toldOf(son.person, id))[0]?.lines[0]).toBe(way)
  expect((await caseOf(await county.as('zhao-min'), id)).disownedWays).toBeNull()
  await does('zhao-min', id, 'accept')
  await does('sun-zhiyuan', id, 'refuse', { reason: '号码的主人说没有申请' })
  expect(await caseOf(son.person, id)).toMatchObject({ disownedWays: null })
  expect(await listedOf(son.person, id)).toMatchObject({ disownedWays: null })
})

test('where the form asks for no number the way leads to the office that handles it', async () => {
  const owner = await born('凌社长', 3, '1975-03-05')
  const filer = await impostor('凌甲办', owner)
  const id = await cooperative({ ...filer, name: '', idNumber: '' })
  await disown(owner.person, id)
  const seen = await caseOf(filer.person, id)
  expect(seen.disownedWays).toContain('到县市场监管局窗口，报办件编号当面核')
  expect(seen.disownedWays).not.toContain('村里')
  expect(seen.identityAwaited).toEqual({ words: seen.disownedWays, inWechat: true })
  expect(await listedOf(filer.person, id)).toMatchObject({
    disownedWays: seen.disownedWays,
    identityAwaited: null,
  })
})

test('an end at a share that others hold is written under the unit of who ended it', async () => {
  const one = await jointOf('凌联办')
  const [lead] = await holdersOf('project-officer', one.unit)
  await does(lead ?? '', one.id, 'terminate', { reason: 'disowned' })
  const [ended] = (await caseOf(one.person, one.id)).timeline
  expect(ended).toMatchObject({ title: '停了' })
  expect(ended?.who).toContain(await nameOf(one.unit))
})

test('departments of a disowned joint case read who ends it, and which clock is whose', async () => {
  const { id } = await jointOf('凌各家')
  const [department = ''] = await holdersOf('dept-reviewer', 'nr')
  expect(await queuedOf(department, id)).toMatchObject({
    note: '这家企业说不是自己申请的；由受理的单位终止',
    firstAction: null,
  })
  const { staff } = await caseOf(await county.as(department), id)
  expect(staff?.endedBy).toContain('马上办')
  const steps = staff?.clocks.filter(({ kind }) => kind === 'step').map(({ label }) => label) ?? []
  expect(steps.length).toBeGreaterThan(1)
  expect(new Set(steps).size).toBe(steps.length)
  expect(steps.join()).toContain('县自规局')
})

test('nothing calls whoever disowned it the applicant, and staff who write them in again are told as staff', async () => {
  const owner = await born('凌真主', 3, '1975-03-05')
  const filer = await impostor('凌假主', owner)
  const id = await cooperative({ ...filer, name: '', idNumber: '' })
  const [window = ''] = await holdersOf('window', 'market')
  const clerk = await county.as(window)
  expect((await caseOf(clerk, id)).answers[0]).toMatchObject({ label: '申请人' })
  await disown(owner.person, id)
  const seen = await caseOf(clerk, id)
  expect(seen.answers.map(({ label }) => label).join()).not.toContain('申请人')
  expect(seen.answers[0]).toMatchObject({ label: '原来写的姓名', text: owner.name })
  const again = { reason: '本人带身份证来的', applicant: { name: owner.name, idNumber: owner.idNumber } }
  const refused = await send(clerk, id, 'identity-confirmation', again)
  expect(refused).toMatchObject({ status: 422, body: { code: 'case.named-disowner' } })
  expect(refused.body.title).not.toContain('由他自己申请')
})

test('once somebody else is named the history says whose words they were, and whoever filed hears of it', async () => {
  const owner = await born('凌原主', 3, '1975-03-05')
  const filer = await impostor('凌报的', owner)
  const id = await cooperative({ ...filer, name: '', idNumber: '' })
  const clerk = await county.as((await holdersOf('window', 'market'))[0] ?? '')
  const filedBy = async () =>
    (await caseOf(clerk, id)).timeline.find(({ type }) => type === 'filed')?.who ?? ''
  const names = [await filedBy()]
  await disown(owner.person, id)
  names.push(await filedBy())
  const { name, idNumber } = await born('凌真办', 0, '1976-05-05')
  const named = { reason: '本人带身份证来的', applicant: { name, idNumber } }
  expect((await send(clerk, id, 'identity-confirmation', named)).status).toBe(200)
  names.push(await filedBy())
  expect(new Set(names)).toEqual(new Set(['帮办的人']))
  for (const reader of [clerk, filer.person]) {
    const { timeline } = await caseOf(reader, id)
    expect(timeline.find(({ type }) => type === 'disowned')).toMatchObject({
      title: '原来那个号码的主人说不是自己申请的',
      who: '原来那个号码的主人',
    })
    expect(timeline.find(({ type }) => type === 'applicant-named')?.who).toContain('市场监督管理局')
  }
  expect((await toldOf(filer.person, id))[0]?.lines[0]).toContain('写上了是谁申请的')
})

test('whoever typed it is told that it was theirs, and what to do; others who ends it', async () => {
  const elder = await born('凌代打', 3)
  const typist = await county.as('wang-lixin')
  const id = await filedFor(typist, elder, 'LX-005', 'village')
  await disown(elder.person, id)
  const [told] = await toldOf(typist, id)
  expect(told?.lines[0]).toBe('你代填的，号码的主人说没有申请。号写错了的，按对的再填一件')
  const [other] = await toldOf(await county.as('zhao-min'), id)
  expect(other?.lines[0]).toBe('号码的主人没有申请，姓名、号码是别人写的。由正在办的终止，或者写明理由不予')
  const { id: joint, lead } = await jointOf('凌企业')
  const [firm] = await toldOf(await county.as(lead), joint)
  expect(firm?.lines[0]).toBe('这家企业没有申请，名称、信用代码是别人写的。由受理的单位终止')
})

test('the first message of what others typed says that the number’s owner may say no', async () => {
  const [elder, son] = [await born('凌先听', 3), await born('凌先报', 2)]
  const id = await filedFor(son.person, elder)
  expect((await toldOf(elder.person, id))[0]?.lines.join()).toContain('不是你申请的')
})

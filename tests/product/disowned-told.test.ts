import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { DALIANG } from '../e2e/scenes'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { type County, caseOf, openCounty, type Person } from './county'
import { disowning } from './disowning'
import { nothingMissing } from './project'

// Who hears of a disowned case, what of it, and what still goes out in its name.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const {
  born,
  filedFor,
  send,
  disown,
  does,
  allowedTo,
  toldOf,
  titlesOf,
  queuedOf,
  listedOf,
  impostor,
  confirmIn,
} = disowning(() => county)

const FIRM = { entName: '郎溪县梅渚镇李记小吃店', uscc: '92341821DEM903328K' }
async function firmFiled(person: Person, itemId: string) {
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => person.upload()))
  const { answers, materials } = validInput(item, createRandom(5), {
    ...packContext(dayIn(county.services.clock.now())),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    villageCode: DALIANG,
  })
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: itemId, answers: { ...answers, ...FIRM }, materials },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  return filed.body.id
}
const holderOf = async (role: string, unitId: string) => {
  const { holders } = await county.app.reference.current()
  return holders(role as Parameters<typeof holders>[0], unitId)[0]?.id ?? ''
}

test('no order and no longer limit goes out, and a refusal is addressed to whoever filed it', async () => {
  const [poor, son] = [await born('蒯低保', 3, '1960-03-05'), await born('蒯儿子', 2, '1985-03-05')]
  const id = await filedFor(son.person, poor, 'LX-007')
  await does('zhao-min', id, 'accept')
  expect(await allowedTo('sun-zhiyuan', id)).toContain('request-approval 请示审批')
  await disown(poor.person, id)
  expect(await allowedTo('sun-zhiyuan', id)).not.toContain('request-approval 请示审批')
  const elder = await born('蒯老太', 3)
  const aged = await filedFor(son.person, elder)
  await disown(elder.person, aged)
  await does('zhao-min', aged, 'accept')
  expect((await toldOf(son.person, aged))[0]?.lines[0]).toContain('受理了，没有申请人，先不定日期')
  await does('sun-zhiyuan', aged, 'refuse', { reason: '本人没有申请' })
  expect((await caseOf(son.person, aged)).decision?.recipient).toBe('提交申请的人')
  expect((await caseOf(await county.as('sun-zhiyuan'), aged)).decision?.recipient).toBe('提交申请的人')
})

test('a pause that runs is told with the disownment, and none is begun after it', async () => {
  const [disabled, son] = [await born('蒯残疾', 3), await born('蒯残子', 2)]
  const [stopped, going] = [
    await filedFor(son.person, disabled, 'LX-012'),
    await filedFor(son.person, await born('蒯残二', 3), 'LX-012'),
  ]
  const suspends = { basis: 'appraisal', expectedDays: 15, reason: '要评定' }
  for (const id of [stopped, going]) await does('window-disabled', id, 'accept')
  await does('reviewer-disabled-1', stopped, 'suspend', suspends)
  await disown(disabled.person, stopped)
  expect(await allowedTo('reviewer-disabled-1', going)).toContain('suspend 暂停计时')
  const { items } = (
    await (
      await county.as('reviewer-disabled-1')
    ).send<{ items: { caseId: string; note: string }[] }>('GET', '/api/work/cases?tab=paused')
  ).body
  expect(items.find(({ caseId }) => caseId === stopped)?.note).toBe(
    '本人说不是自己申请的；特别程序，暂停计时',
  )
  await does('reviewer-disabled-1', stopped, 'resume')
  expect(await allowedTo('reviewer-disabled-1', stopped)).not.toContain('suspend 暂停计时')
})

test('what was asked of an approver lapses with it, and both sides are told why', async () => {
  const [poor, son] = [await born('蒯请示', 3, '1962-03-05'), await born('蒯请子', 2, '1986-03-05')]
  const id = await filedFor(son.person, poor, 'LX-007')
  await does('zhao-min', id, 'accept')
  await does('sun-zhiyuan', id, 'request-approval', { for: 'extend', reason: '还要核对' })
  expect(await queuedOf('approver-civil-1', id)).toBeDefined()
  await disown(poor.person, id)
  expect(await queuedOf('approver-civil-1', id)).toBeUndefined()
  const approver = await toldOf(await county.as('approver-civil-1'), id)
  expect(approver.map(({ title }) => title)).toEqual(['低保：不用批了', expect.stringContaining('请你批')])
  expect(approver[0]?.lines[0]).toContain('本人说不是自己申请的')
  expect(await titlesOf(await county.as('sun-zhiyuan'), id)).toContain('低保：延长期限没等到批')
})

test('who is asked to allow something reads what has changed since', async () => {
  const owner = await born('蒯改动', 3, '1961-05-05')
  const id = await filedFor((await born('蒯改子', 2)).person, owner, 'LX-007')
  await does('zhao-min', id, 'accept')
  expect((await send(owner.person, id, 'takeover')).status).toBe(200)
  await does('sun-zhiyuan', id, 'request-approval', { for: 'extend', reason: '还要核对' })
  const [told] = await toldOf(await county.as('approver-civil-1'), id)
  expect(told?.title).toContain('请你批')
  expect((await send(owner.person, id, 'additions', { answers: { mobile: '15400009999' } })).status).toBe(200)
  await does('approver-civil-1', id, 'reject-approval', { for: 'extend', reason: '不用延' })
  await does('sun-zhiyuan', id, 'request-approval', { for: 'extend', reason: '真的要核对' })
  const [again] = await toldOf(await county.as('approver-civil-1'), id)
  expect(again?.lines.join()).toContain('前面看过以后又改了：')
})

test('who has disowned it hears what follows, and what was told before leads to their own cases', async () => {
  const [elder, son] = [await born('蒯放心', 3), await born('蒯代报', 2)]
  const id = await filedFor(son.person, elder)
  await county.app.jobs['drain-reminders']()
  await disown(elder.person, id)
  const told = await toldOf(elder.person, id)
  expect(told[0]).toMatchObject({
    title: '高龄津贴：你说了不是你申请的',
    page: 'tabs/case/my-cases',
    lines: [expect.stringContaining('有事问梅渚镇'), expect.anything()],
  })
  expect(told.length).toBeGreaterThan(1)
  expect(new Set(told.map(({ page }) => page))).toEqual(new Set(['tabs/case/my-cases']))
  expect((await toldOf(son.person, id)).map(({ page }) => page)).toContain(`features/case/timeline?id=${id}`)
})

test('of a firm it is told as of a firm, wherever it is told', async () => {
  const { person } = await born('蒯外人', 3, '1980-03-05')
  const id = await firmFiled(person, 'LX-034')
  await disown(await county.as('li-jianguo'), id)
  const said = '这家企业说不是自己申请的'
  expect(await caseOf(person, id)).toMatchObject({ nowText: said, timeline: [{ title: said }, {}] })
  expect(await listedOf(person, id)).toMatchObject({ statusText: said })
  const window = await holderOf('window', 'market')
  expect(await queuedOf(window, id)).toMatchObject({ note: said, firstAction: '这家企业不认，终止' })
  expect(await allowedTo(window, id)).toContain('terminate 这家企业不认，终止')
  expect((await caseOf(await county.as(window), id)).nowText).toBe(said)
})

test('a confirmation is the applicant’s, whoever came to write it down', async () => {
  const filer = await born('蒯核过', 2)
  const id = await filedFor(filer.person, filer)
  await confirmIn(filer.person, filer, filer.personId)
  await does('zhao-min', id, 'accept')
  const whoFor = async (reader: Person) =>
    (await caseOf(reader, id)).timeline.find(({ type }) => type === 'identity-confirmed')
  expect(await whoFor(filer.person)).toMatchObject({ title: '微信核过身份', who: '你' })
  expect(await whoFor(await county.as('zhao-min'))).toMatchObject({ who: '申请人' })
})

test('a joint case is ended by who leads it, and each department hears of both', async () => {
  const { person } = await born('蒯联办', 3, '1981-03-05')
  const id = await firmFiled(person, 'LX-045')
  const [row] = await county.services.database.rows<{ unit: string }>(
    sql`select part_unit_id as unit from case_tasks where case_id = ${id}::uuid and step_key = 'accept'`,
  )
  const lead = await holderOf('project-officer', row?.unit ?? '')
  await does(lead, await nothingMissing(county, id), 'accept')
  await disown(await county.as('li-jianguo'), id)
  const departments = [await holderOf('dept-reviewer', 'nr'), await holderOf('dept-reviewer', 'water')]
  const disowned = '项目马上办：这家企业说不是自己申请的'
  for (const staff of [lead, ...departments])
    expect(await titlesOf(await county.as(staff), id), staff).toContain(disowned)
  for (const staff of departments)
    expect((await allowedTo(staff, id))?.join(), staff).not.toContain('terminate')
  expect(await allowedTo(lead, id)).toEqual(['terminate 这家企业不认，终止'])
  await does(lead, id, 'terminate', { reason: 'disowned' })
  for (const staff of departments)
    expect((await titlesOf(await county.as(staff), id))[0], staff).toBe('项目马上办的申请停了')
})

test('who files under a number of which its owner has said no is refused, whose number it was typed beside is told to nobody', async () => {
  const [elder, daughter] = [await born('蒯被报', 3), await born('蒯真人', 2, '1979-03-05')]
  const pretender = await impostor('蒯冒真', daughter)
  await disown(elder.person, await filedFor(pretender.person, elder))
  expect(await filedFor(pretender.person, elder).catch((cause: Error) => cause.message)).toContain(
    'application.disowned',
  )
  // Another stranger who types the same number learns nothing, and whose number it is applies for her mother.
  await filedFor((await impostor('蒯再冒', daughter)).person, elder)
  await filedFor(daughter.person, elder)
})

test('that a procedure is over, or who has it now, promises whoever filed it nothing', async () => {
  const [owner, son] = [await born('蒯残联', 3, '1960-03-05'), await born('蒯代办', 3, '1985-03-05')]
  const id = await filedFor(son.person, owner, 'LX-012')
  await does('window-disabled', id, 'accept')
  await does('reviewer-disabled-1', id, 'suspend', {
    basis: 'appraisal',
    expectedDays: 15,
    reason: '要做评定',
  })
  await disown(owner.person, id)
  await does('reviewer-disabled-1', id, 'resume')
  const [resumed] = await toldOf(son.person, id)
  expect(resumed?.title).not.toContain('接着计时')
  expect(resumed?.lines[0]).toBe('特别程序做完了，号码的主人说不是自己申请的，还是不计时')

  const [elder, other] = [await born('蒯转办', 3), await born('蒯跑腿', 3, '1985-03-05')]
  const moved = await filedFor(other.person, elder)
  await disown(elder.person, moved)
  const { staff } = await caseOf(await county.as('zhao-min'), moved)
  const [target] = staff?.transferTargets ?? []
  await does('zhao-min', moved, 'transfer', { toUnitId: target?.unitId, reason: '那边办的' })
  const [told] = await toldOf(other.person, moved)
  expect(told?.title).toContain('换了地方办')
  expect(told?.lines[0]).toMatch(`转给${target?.name}了。写的证件号是别人的。号写错了的，按对的再申请`)
})

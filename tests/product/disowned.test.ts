import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { Home } from '#shared/contract/service-item'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { DALIANG, file } from '../e2e/scenes'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { type County, caseOf, openCounty } from './county'
import { asked, disowning } from './disowning'

// A typed number binds nobody: what becomes of a case whose number's owner says that they have not applied.
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
  ownOf,
  impostor,
  confirmIn,
  cooperative,
} = disowning(() => county)

test('who disowns a case of their own lifts no bar: a clerk at the window, an approver of the step', async () => {
  const stranger = await born('卞冒充', 3)
  const clerk = await county.as('zhao-min')
  const id = await filedFor(stranger.person, await ownOf('zhao-min'), 'LX-036')
  await disown(clerk, id)
  expect((await clerk.send('GET', `/api/cases/${id}`)).status).toBe(404)
  for (const act of [{ action: 'accept' }, { action: 'terminate', reason: 'disowned' }])
    expect(
      (await send(clerk, id, 'actions', { ...act, stepKey: 'accept', unitId: '341821105' })).status,
    ).toBe(404)
  expect(await queuedOf('zhao-min', id)).toBeUndefined()
  // What had gone out to her before that stays.
  const told = (await titlesOf(clerk, id)).filter((title) => title !== '小吃摊备案有人帮你申请了')
  expect(told).toEqual(['小吃摊备案：你说了不是你申请的'])
  expect(await titlesOf(await county.as('qian-li'), id)).toContain('小吃摊备案：本人说不是自己申请的')

  const approver = await county.as('approver-market-1')
  const founding = await cooperative({
    ...(await impostor('卞冒名', await ownOf('approver-market-1'))),
    name: '',
    idNumber: '',
  })
  await disown(approver, founding)
  const { holders } = await county.app.reference.current()
  const window = await county.as(holders('window', 'market')[0]?.id ?? '')
  const { name, idNumber } = await born('卞真办', 0, '1975-05-05')
  const named = { reason: '本人带身份证来的', applicant: { name, idNumber } }
  expect((await send(window, founding, 'identity-confirmation', named)).status).toBe(200)
  await does(window, founding, 'accept')
  const grant = { action: 'grant', stepKey: 'finish', unitId: 'market' }
  expect((await send(approver, founding, 'actions', grant)).status).toBe(404)
  await does('approver-market-2', founding, 'grant')
})

test('what had not gone out yet to whoever disowns it goes out no more', async () => {
  const [elder, son] = [await born('卞老太', 3), await born('卞小儿', 2)]
  await county.door('POST', 'consents', { person: elder.personId, choice: 'accept' })
  const id = await filedFor(son.person, elder)
  await county.door('POST', 'faults', {
    path: '/cgi-bin/message/subscribe/send',
    times: 2,
    kind: 'error',
    errcode: 45011,
  })
  await does('zhao-min', id, 'request-correction', asked('居民户口簿'))
  const waiting = () =>
    county.services.database.rows<{ refused: boolean }>(
      sql`select not r.may_be_out and exists (select 1 from deliveries d where d.reminder_id = r.id
          and d.error_code = 45011) as refused from reminders r
        join profiles p on r.recipient = 'profile:' || p.id
        where r.case_id = ${id}::uuid and p.real_name_level = 3 and r.channel <> 'inbox'
          and r.sent_at is null and r.dropped_at is null`,
    )
  await vi.waitFor(async () => expect(await waiting()).toEqual([{ refused: true }]), 10_000)
  await disown(elder.person, id)
  expect(await waiting()).toEqual([])
})

test('it ends an open notice, none is given after it, and the office ends the case at each step', async () => {
  const [elder, son] = [await born('卞不补', 3), await born('卞要补', 2)]
  const id = await filedFor(son.person, elder)
  await does('zhao-min', id, 'request-correction', asked('居民户口簿'))
  expect(await listedOf(son.person, id)).toMatchObject({ waitsForMe: 'correction' })
  await disown(elder.person, id)
  expect(await listedOf(son.person, id)).toMatchObject({ waitsForMe: 'none', missing: [] })
  const home = (await son.person.send<Home>('GET', '/api/home')).body.me?.todos ?? []
  expect(home.map(({ caseId }) => caseId)).not.toContain(id)
  expect(await caseOf(son.person, id)).toMatchObject({
    correction: null,
    status: 'submitted',
    dueOn: null,
    dueBecause: { kind: 'waits-for', because: 'applicant' },
  })
  expect(await queuedOf('zhao-min', id)).toMatchObject({
    note: '本人说不是自己申请的',
    firstAction: '本人不认，终止',
  })
  expect(await allowedTo('zhao-min', id)).toEqual([
    'accept 受理',
    'decline 不予受理',
    'transfer 转办',
    'terminate 本人不认，终止',
  ])
  expect(await allowedTo('wang-lixin', id)).toEqual([
    'verify 核实上报',
    'fail 情况不符',
    'terminate 本人不认，终止',
  ])
  const window = await county.as('zhao-min')
  const at = { stepKey: 'accept', unitId: '341821105' }
  expect(
    await send(window, id, 'actions', { action: 'request-correction', ...at, ...asked('居民户口簿') }),
  ).toMatchObject({ status: 409, body: { code: 'case.action-not-allowed' } })
  expect(await send(window, id, 'actions', { action: 'terminate', ...at, reason: 'deceased' })).toMatchObject(
    {
      status: 422,
      body: { code: 'case.target-unknown' },
    },
  )
  await does(window, id, 'terminate', { reason: 'disowned' })
  const [told] = await toldOf(son.person, id)
  expect(told).toMatchObject({ title: '高龄津贴的申请停了' })
  expect(told?.lines[0]).toContain('号码的主人说不是自己申请的')
  expect((await caseOf(son.person, id)).timeline[0]).toMatchObject({
    title: '停了',
    note: expect.stringContaining('号码的主人说不是自己申请的'),
  })
})

test('after acceptance too, and who is to decide is told with the work', async () => {
  const [elder, son] = [await born('卞受后', 3), await born('卞审后', 2)]
  const id = await filedFor(son.person, elder)
  await does('zhao-min', id, 'accept')
  await does('sun-zhiyuan', id, 'request-correction', asked('居民户口簿'))
  await disown(elder.person, id)
  expect(await caseOf(son.person, id)).toMatchObject({ correction: null, status: 'accepted' })
  expect(await allowedTo('sun-zhiyuan', id)).toEqual(['refuse 不予', 'terminate 本人不认，终止'])
})

test('the next step is told that its work is disowned', async () => {
  const [elder, son] = [await born('卞下步', 3), await born('卞往下', 2)]
  const id = await filedFor(son.person, elder)
  await disown(elder.person, id)
  await does('zhao-min', id, 'accept')
  const [task] = await toldOf(await county.as('sun-zhiyuan'), id)
  expect(task?.title).toBe('新办件：高龄津贴')
  expect(task?.lines).toContain('本人说不是自己申请的')
})

test('no name is put up in public that its owner has disowned, and what is up is closed by no decision', async () => {
  const [poor, son] = [await born('卞低保', 3, '1960-03-05'), await born('卞公示', 2, '1985-03-05')]
  const other = await born('卞正示', 3, '1961-03-05')
  const [before, after] = [
    await filedFor(son.person, poor, 'LX-007'),
    await filedFor(son.person, other, 'LX-007'),
  ]
  for (const id of [before, after]) {
    await does('zhao-min', id, 'accept')
    await does('sun-zhiyuan', id, 'pass')
  }
  await disown(poor.person, before)
  expect(await allowedTo('sun-zhiyuan', before)).toContain('terminate 本人不认，终止')
  const reviewer = await county.as('sun-zhiyuan')
  const refused = { status: 409, body: { code: 'case.action-not-allowed' } }
  const at = { stepKey: 'publicity', unitId: '341821105' }
  expect(await send(reviewer, before, 'actions', { action: 'publish-notice', ...at })).toMatchObject(refused)
  await does(reviewer, before, 'terminate', { reason: 'disowned' })
  await does(reviewer, after, 'publish-notice')
  await disown(other.person, after)
  expect((await caseOf(son.person, after)).nowText).toBe('号码的主人说不是自己申请的')
  expect(await listedOf(son.person, after)).toMatchObject({
    statusText: '号码的主人说不是自己申请的',
    dueBecause: (await caseOf(son.person, after)).dueBecause,
  })
  const objects = { action: 'record-objection', reason: '听说不符合', ...at }
  expect(await send(reviewer, after, 'actions', objects)).toMatchObject(refused)
  expect(await send(reviewer, after, 'actions', { action: 'close-notice', ...at })).toMatchObject(refused)
  await does(reviewer, after, 'terminate', { reason: 'disowned' })
})

test('a declined case, an approval that waits, a second time: whoever has to know is told', async () => {
  const [elder, son] = [await born('卞没收', 3), await born('卞不收', 2)]
  const id = await filedFor(son.person, elder)
  await does('qian-li', id, 'decline', { reason: '不归这里办' })
  await disown(elder.person, id)
  expect(await titlesOf(await county.as('qian-li'), id)).toContain('高龄津贴：本人说不是自己申请的')

  const poor = await born('卞请示', 3, '1962-03-05')
  const waits = await filedFor(son.person, poor, 'LX-007')
  await does('zhao-min', waits, 'accept')
  await does('sun-zhiyuan', waits, 'request-approval', { for: 'extend', reason: '还要核对' })
  await disown(poor.person, waits)
  const rows = await county.services.database.rows<{ asked: boolean; told: boolean }>(
    sql`select bool_or(kind = 'approval') as asked, bool_or(kind in ('disowned', 'approval-overtaken')) as told from reminders
      where case_id = ${waits}::uuid and recipient like 'staff:%' group by recipient`,
  )
  expect(rows.filter(({ asked: was }) => was).length).toBeGreaterThan(0)
  expect(rows.filter(({ asked: was, told }) => was && !told)).toEqual([])
})

test('the typist of a disowned case is told nothing of handing papers over', async () => {
  const elder = await born('卞代打', 3)
  const typist = await county.as('wang-lixin')
  const id = await filedFor(typist, elder, 'LX-005', 'village')
  await disown(elder.person, id)
  expect(await caseOf(typist, id)).toMatchObject({ mayWithdraw: false })
  await does('zhao-min', id, 'accept')
  await does('sun-zhiyuan', id, 'refuse', { reason: '本人没有申请' })
  const [told] = await toldOf(typist, id)
  expect(told?.title).toBe('高龄津贴没批')
  expect(told?.lines.join()).not.toContain('没有账号')
  expect(told?.lines[0]).toContain('本人说不是自己申请的')
})

test('typed for somebody without an account, what the law has told goes to whoever typed it', async () => {
  const elder = await born('卞没号', 0)
  const typist = await county.as('wang-lixin')
  const id = await filedFor(typist, elder, 'LX-005', 'village')
  await does('zhao-min', id, 'request-correction', asked('居民户口簿'))
  const [told] = await toldOf(typist, id)
  expect(told?.title).toBe('高龄津贴要补 1 样，告诉本人')
  expect(told?.page).toBe(`staff/case/case?id=${id}`)
  expect(told?.lines[0]).toContain('告诉本人')
  const known = await born('卞有号', 3)
  const hers = await filedFor(typist, known, 'LX-005', 'village')
  await does('zhao-min', hers, 'request-correction', asked('居民户口簿'))
  expect(await titlesOf(typist, hers)).toEqual([])
})

test('a new owner hears that what others typed for her was not accepted', async () => {
  const elder = await born('卞后认', 0)
  const id = await filedFor(await county.as('wang-lixin'), elder, 'LX-005', 'village')
  await does('qian-li', id, 'decline', { reason: '不归这里办' })
  await confirmIn(elder.person, elder, elder.personId)
  const [told, ...more] = await toldOf(elder.person, id)
  expect(more).toEqual([])
  expect(told).toMatchObject({ title: '高龄津贴没受理', page: `features/case/timeline?id=${id}` })
})

test('who may act for a firm disowns what a stranger filed under its credit code', async () => {
  const { person, idNumber } = await born('卞外人', 3, '1980-03-05')
  const agent = await county.as('li-jianguo')
  const item = packItems().find(({ id }) => id === 'LX-034')
  if (!item) throw new Error('no LX-034')
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => person.upload()))
  const { answers, materials } = validInput(item, createRandom(5), {
    ...packContext(dayIn(county.services.clock.now())),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    identity: { name: '卞外人', idNumber, mobile: '15400000001' },
    villageCode: DALIANG,
  })
  const firm = { entName: '郎溪县梅渚镇李记小吃店', uscc: '92341821DEM903328K' }
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: 'LX-034', answers: { ...answers, ...firm }, materials },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const { id } = filed.body
  expect(await caseOf(agent, id)).toMatchObject({ mayDisown: true, applicantKind: 'firm' })
  await disown(agent, id)
  expect((await agent.send('GET', `/api/cases/${id}`)).status).toBe(404)
  const seen = await caseOf(person, id)
  expect(seen.timeline[0]).toMatchObject({ title: '这家企业说不是自己申请的', who: '这家企业' })
  const [told] = await toldOf(person, id)
  expect(told?.title).toMatch(/：这家企业说不是自己申请的$/)
  expect(told?.lines[0]).toContain('信用代码是别家的')
  const [other] = await toldOf(await county.as('zhou-xiaomei'), id)
  expect(other).toMatchObject({ page: 'tabs/case/my-cases' })
  expect(other?.lines[0]).toContain('另一位经办人说不是自己申请的')
})

test('who has taken it back or rated it does not disown it afterwards', async () => {
  const [elder, son] = [await born('卞撤回', 3), await born('卞帮报', 2)]
  const back = await filedFor(son.person, elder)
  expect((await send(elder.person, back, 'withdrawal')).status).toBe(200)
  expect(await caseOf(elder.person, back)).toMatchObject({ mayDisown: false })
  expect((await send(elder.person, back, 'disownment')).status).toBe(409)
  const rated = await filedFor(son.person, elder)
  await does('zhao-min', rated, 'accept')
  await does('sun-zhiyuan', rated, 'refuse', { reason: '不是本县户口' })
  await does('zhao-min', rated, 'conclude')
  expect(
    (await elder.person.send('POST', `/api/cases/${rated}/rating`, { body: { level: 5, reasons: [] } }))
      .status,
  ).toBe(201)
  expect((await send(elder.person, rated, 'disownment')).status).toBe(409)
})

test('nobody names the same number again after it was disowned; its owner and the window do', async () => {
  const [elder, son] = [await born('卞一再', 3), await born('卞又报', 3)]
  await disown(elder.person, await filedFor(son.person, elder))
  const again = await filedFor(son.person, elder).catch((cause: Error) => cause.message)
  expect(again).toContain('application.disowned')
  expect(again).not.toContain(elder.name)
  expect(again).not.toContain(elder.idNumber)
  await filedFor(son.person, await born('卞别人', 3))
  await filedFor(await county.as('wang-lixin'), elder, 'LX-005', 'village')
  await filedFor((await born('卞邻居', 3)).person, elder)
  await file(county, elder, 'LX-005')
})

test('nor does a corrected number bring it back', async () => {
  const [elder, son] = [await born('卞补回', 3), await born('卞补号', 3)]
  await disown(elder.person, await filedFor(son.person, elder))
  const id = await filedFor(son.person, await born('卞另外', 3))
  await does('wang-lixin', id, 'verify')
  const items = ['name', 'idNo'].map((name) => ({ kind: 'field', name, reason: '再对一遍' }))
  await does('zhao-min', id, 'request-correction', { reason: '名字和号码再对一遍', items })
  const answers = { name: elder.name, idNo: elder.idNumber }
  expect(await send(son.person, id, 'supplement', { answers })).toMatchObject({
    status: 422,
    body: { code: 'application.disowned' },
  })
  expect((await elder.person.send('GET', `/api/cases/${id}`)).status).toBe(404)
})

const NAMED_WAY = '在微信里核一次身份'

test('a form without a number: the filer reads how it is named again, does so or takes it back', async () => {
  const owner = await born('卞社长', 3, '1975-03-05')
  const [first, second] = [await impostor('卞甲办', owner), await impostor('卞乙办', owner)]
  const ids = [
    await cooperative({ ...first, name: '', idNumber: '' }),
    await cooperative({ ...second, name: '', idNumber: '' }),
  ] as const
  for (const id of ids) await disown(owner.person, id)
  const [told] = await toldOf(first.person, ids[0])
  expect(told?.lines[0]).toContain(NAMED_WAY)
  expect(await caseOf(first.person, ids[0])).toMatchObject({
    mayWithdraw: true,
    identityAwaited: { inWechat: true },
  })
  expect((await send(first.person, ids[0], 'withdrawal')).status).toBe(200)
  const { holders } = await county.app.reference.current()
  const window = holders('window', 'market')[0]?.id ?? ''
  expect(await queuedOf(window, ids[1])).toMatchObject({ note: '本人说不是自己申请的' })
  await confirmIn(second.person, second, second.personId)
  expect(await caseOf(second.person, ids[1])).toMatchObject({ identityConfirmed: true })
})

test('silence accepts nothing for nobody', async () => {
  const owner = await born('卞沉默', 3, '1976-03-05')
  const filer = await impostor('卞等着', owner)
  const founding = await cooperative({ ...filer, name: '', idNumber: '' })
  await disown(owner.person, founding)
  const [elder, son] = [await born('卞静老', 3), await born('卞静子', 2)]
  const id = await filedFor(son.person, elder)
  await disown(elder.person, id)
  const going = await filedFor(son.person, await born('卞照办', 3))
  const { holders } = await county.app.reference.current()
  const window = holders('window', 'market')[0]?.id ?? ''
  expect((await queuedOf(window, founding))?.firstAction).not.toBe('转办')
  await county.door('POST', 'clock', { advanceWorkingDays: 7 })
  expect(await caseOf(filer.person, founding)).toMatchObject({ status: 'submitted', documents: [] })
  expect(await caseOf(son.person, id)).toMatchObject({ status: 'submitted', documents: [] })
  expect(await caseOf(son.person, going)).toMatchObject({ status: 'accepted' })
  await does(window, founding, 'terminate', { reason: 'disowned' })
})

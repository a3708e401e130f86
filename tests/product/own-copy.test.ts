import { type SQL, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Account, AccountCopy } from '#shared/contract/account'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseList } from '#shared/contract/case'
import type { DeskCode, DeskLogin } from '#shared/contract/desk-session'
import type { Problem } from '#shared/contract/problems'
import { readPack } from '../../functions/platform/db/seed/read-pack'
import { TABLES_OF_PERSONS } from '../tables-of-persons'
import { ALLOWANCE, fileAllowance } from './allowance'
import { act, boundBefore, caseOf, type Person } from './county'
import { openLeavers } from './leavers'

// 个人信息保护法 第45条: whoever asks has a copy of what is known of them.
const { county, born } = await openLeavers()

type Pairs = readonly (readonly [string, string])[]
interface Copied {
  readonly 编号: string
  readonly 办到哪: string
  readonly 填的: Pairs
  readonly 交的材料: Pairs
  readonly '谁办过、看过': Pairs
}
async function copyOf(person: Person) {
  const { status, body } = await person.send<AccountCopy>('GET', '/api/account/copy')
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
const casesOf = async (person: Person) => (await copyOf(person))['办件'] as Copied[]
const labelsOf = (of: Copied | undefined) => of?.填的.map(([label]) => label)

const NAMES = ['营业执照', '与经营项目相适应的布局图、操作流程', '食品安全规章制度']
let shops = 0
async function ofSnackShop(person: Person) {
  shops += 1
  const answers = {
    entName: '郎溪县梅渚镇李记小吃店',
    uscc: '92341821DEM903328K',
    legalRep: '李建国',
    contact: '周小梅',
    mobile: '15400000001',
    format: '餐饮服务经营者',
    items: ['热食类制售'],
    bizAddress: `梅渚镇大街${shops}号`,
    area: 50,
    fsManager: '周小梅',
  }
  const materials = await Promise.all(NAMES.map(async (name) => ({ name, files: [await person.upload()] })))
  return { serviceItemId: 'LX-034', answers, materials }
}

test('one’s own is in it whole and in plain words, and nothing of anybody else', async () => {
  const { person, idNumber } = await born('臧要份')
  const other = await born('臧别人')
  const { id } = await fileAllowance(person, '臧要份', idNumber)
  const { caseNumber } = await caseOf(person, id)
  await fileAllowance(other.person, '臧别人', other.idNumber)
  const { id: profileId } = (await person.send<Account>('GET', '/api/account')).body
  await county.services.database.rows(sql`insert into ratings (case_id, level, reasons, rated_by, rated_at)
    values (${id}::uuid, 2, '{}', ${profileId}::uuid, ${county.services.clock.now()}::timestamptz)`)
  const copied = await person.send<AccountCopy>('GET', '/api/account/copy')
  expect(copied.status, JSON.stringify(copied.body)).toBe(200)
  expect(copied.body).toMatchObject({
    登记的: {
      姓名: '臧要份',
      身份证号: idNumber,
      手机号: expect.stringMatching(/^1\d{10}$/),
      登记到哪: '微信核过',
    },
    办件: [
      {
        编号: caseNumber,
        事项: expect.stringMatching(/高龄/),
        给谁办: '自己',
        谁交的: '自己',
        办到哪: '等着受理',
      },
    ],
    评过的: [{ 编号: caseNumber, 评分: '满意', 写的话: null }],
    哪天用过: [expect.stringMatching(/^\d{4}-\d\d-\d\d$/)],
  })
  expect((copied.body['同意过的'] as { 同意什么: string }[]).map((each) => each.同意什么)).toContain(
    '服务协议',
  )
  expect(copied.body['登录过的设备']).toMatchObject([{ 设备: '电脑' }])
  expect(JSON.stringify(copied.body)).not.toContain('臧别人')
})

test('what was filed for another says for whom, what another filed for one’s own number is in it, and how it ended is told', async () => {
  const mother = await born('臧妈妈')
  const son = await born('臧儿子')
  const { id } = await fileAllowance(son.person, '臧妈妈', mother.idNumber)
  expect(await casesOf(son.person)).toMatchObject([{ 给谁办: '臧*妈', 谁交的: '自己' }])
  expect(await casesOf(mother.person)).toMatchObject([{ 给谁办: '自己', 谁交的: '别人交的' }])
  const taken = await son.person.send('POST', `/api/cases/${id}/withdrawal`, {
    body: { version: (await caseOf(son.person, id)).version },
  })
  expect(taken.status, JSON.stringify(taken.body)).toBe(200)
  expect(await casesOf(son.person)).toMatchObject([{ 办到哪: '撤回了' }])
})

test('what was typed is in it, whole where it is one’s own and masked where it is not; the papers, and who did what', async () => {
  const mother = await born('臧填全')
  const son = await born('臧填半')
  const own = await fileAllowance(son.person, '臧填半', son.idNumber)
  await fileAllowance(son.person, '臧填全', mother.idNumber)
  const [ofHers, ofOwn] = await casesOf(son.person)
  expect(ofOwn?.填的).toEqual(
    expect.arrayContaining([
      ['姓名', '臧填半'],
      [expect.stringMatching(/身份证/), son.idNumber],
      [expect.stringMatching(/手机/), '15400000001'],
      [expect.stringMatching(/卡/), ALLOWANCE.card],
    ]),
  )
  expect(JSON.stringify(ofHers)).not.toContain(mother.idNumber)
  expect(JSON.stringify(ofHers)).not.toContain(ALLOWANCE.card)
  expect(labelsOf(ofHers)).toEqual(labelsOf(ofOwn))
  const [asHers] = await casesOf(mother.person)
  expect(JSON.stringify(asHers)).toContain(mother.idNumber)
  // Typed by the son, for her: she reads it as the page of the case has it.
  expect(JSON.stringify(asHers)).not.toContain(ALLOWANCE.card)
  expect(ofOwn?.交的材料).toEqual(
    expect.arrayContaining([
      ...ALLOWANCE.papers.map((name) => [name, expect.stringMatching(/\.(jpg|jpeg)$/)]),
      ['本人近期照片', '没交'],
    ]),
  )
  await act(await county.as('zhao-min'), own.id, 'accept')
  const supervisor = await county.as('supervisor-1')
  const looked = await supervisor.send('POST', `/api/work/cases/${own.id}/looks`, {
    body: { reason: '查一查' },
  })
  expect(looked.status, JSON.stringify(looked.body)).toBe(201)
  const [, after] = await casesOf(son.person)
  expect(after?.['谁办过、看过']).toEqual([
    [expect.stringMatching(/^2026年\d+月\d+日$/), expect.stringMatching(/^你：提交申请/)],
    [expect.stringMatching(/^2026年\d+月\d+日$/), expect.stringMatching(/赵敏：受理/)],
    [expect.stringMatching(/^2026年\d+月\d+日$/), '督查写了理由，看过这件'],
  ])
  expect(await casesOf(mother.person)).toHaveLength(1)
})

test('the cases of the list and no others, each in the word of the list', async () => {
  const mother = await born('臧听说')
  const son = await born('臧替办')
  const { id } = await fileAllowance(son.person, '臧听说', mother.idNumber)
  const isAsList = async ({ person }: typeof son) => {
    const list = (await person.send<CaseList>('GET', '/api/cases')).body.items
    const copied = await casesOf(person)
    expect(copied.map((each) => [each.编号, each.办到哪])).toEqual(
      list.map(({ caseNumber, outcome }) => [caseNumber, outcome.word]),
    )
    return copied.map((each) => each.办到哪)
  }
  const items = [{ kind: 'field', name: 'mobile', reason: '再对一遍' }]
  const asked = await act(await county.as('zhao-min'), id, 'request-correction', { reason: '再对', items })
  expect(asked.status, JSON.stringify(asked.body)).toBe(200)
  expect(await isAsList(son)).toEqual(['要补 1 样'])
  expect(await isAsList(mother)).toEqual(['要补 1 样'])
  const { version } = await caseOf(mother.person, id)
  const disowned = await mother.person.send('POST', `/api/cases/${id}/disownment`, { body: { version } })
  expect(disowned.status, JSON.stringify(disowned.body)).toBe(200)
  expect(await isAsList(son)).toEqual(['号码的主人说不是自己申请的'])
  expect(await isAsList(mother)).toEqual([])
})

test('more than a page of the list is in it, and nothing twice', async () => {
  const { person, idNumber } = await born('臧好多')
  const { id } = await fileAllowance(person, '臧好多', idNumber)
  await county.services.database.rows(sql`insert into cases select (jsonb_populate_record(c, jsonb_build_object(
      'id', gen_random_uuid(), 'case_number', gen_random_uuid(), 'duplicate_guard', null, 'duplicate_index', null,
      'key_index', null))).* from cases c, generate_series(1, 349) where c.id = ${id}::uuid`)
  const copied = await copyOf(person)
  const numbers = (copied['办件'] as Copied[]).map((each) => each.编号)
  expect(new Set(numbers).size).toBe(300)
  expect(numbers).toHaveLength(300)
  expect(copied['更早的办件']).toContain('最近的 300 件')
  await county.services.database.rows(sql`delete from cases where id <> ${id}::uuid
    and filed_by = (select filed_by from cases where id = ${id}::uuid)`)
  expect(Object.keys(await copyOf(person))).not.toContain('更早的办件')
})

test('of a firm for as long as one may act for it, whoever filed it', async () => {
  const agent = await county.as('zhou-xiaomei')
  const body = await ofSnackShop(await county.as('li-jianguo'))
  const window = await county.as('qian-xiaoli')
  const typed = await window.send<CaseCreated>('POST', '/api/cases', {
    body: { ...(await ofSnackShop(window)), channel: 'window', consent: { how: 'spoken' } },
  })
  expect(typed.status, JSON.stringify(typed.body)).toBe(201)
  const filed = await (await county.as('li-jianguo')).send<CaseCreated>('POST', '/api/cases', { body })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const { version } = await caseOf(agent, typed.body.id)
  const taken = await agent.send('POST', `/api/cases/${typed.body.id}/takeover`, { body: { version } })
  expect(taken.status, JSON.stringify(taken.body)).toBe(200)
  const numbers = async () => (await casesOf(agent)).map((each) => each.编号)
  expect(await numbers()).toEqual(expect.arrayContaining([typed.body.caseNumber, filed.body.caseNumber]))
  await county.services.database.rows(sql`update enterprise_agents set until = '2020-01-01'
    where item_ids = array['LX-034']`)
  expect((await agent.send('GET', `/api/cases/${typed.body.id}`)).status).toBe(404)
  expect(await numbers()).not.toContain(typed.body.caseNumber)
  expect(await numbers()).not.toContain(filed.body.caseNumber)
})

/** Of each kind that the text names, by what stands in the copy of it. */
const IN_COPY: Readonly<Record<string, readonly string[]>> = {
  '微信号（微信给的代号）': ['微信', '0', '微信给的代号'],
  手机号: ['登记的', '手机号'],
  '住在哪个村，用不用大字版': ['登记的', '大字版'],
  '姓名、身份证号': ['登记的', '身份证号'],
  填的申请: ['办件', '0', '填的', '0'],
  拍的身份证和材料照片: ['传了没交的照片', '0', '照片'],
  你在政府的证件: ['政府存着的证件', '0', '证件'],
  // Theirs stands in what was answered for them.
  '孩子的信息（不满 14 岁）': ['办件', '0', '填的', '0'],
  '消息，哪些提醒你点了允许、关掉了': ['点过允许的提醒', '0', '提醒'],
  '评的分、写的话': ['评过的', '0', '评分'],
  替哪家公司办事: ['替哪家公司办事', '0', '公司'],
  登录过的设备: ['登录过的设备', '0', '设备'],
  哪天用过: ['哪天用过', '0'],
  '谁看过、办过你的事，你改过什么': ['改过什么', '0', '做了什么'],
  同意过什么: ['同意过的', '0', '同意什么'],
  拿别人的或者没核过的号码申请的: ['注销过的账户留下的'],
  '注销时说的原因（愿意才写）': ['别的', '注销时说的原因'],
  '公示上提的异议，留的姓名、电话': ['别的', '公示上提的异议'],
  工作人员的验证器: ['工作身份', '0', '验证器'],
}

test('each kind that the text names is in it, or it says why not', async () => {
  for (const pack of ['drizzle/packs/langxi', 'drizzle/packs/template']) {
    const read = await readPack(pack)
    const named = read.ok ? read.value.agreements.flatMap(({ data }) => data.map(({ name }) => name)) : []
    expect(named.sort()).toEqual(Object.keys(IN_COPY).sort())
  }
  // A member of staff who lives here, too, and acts for a firm.
  const { person, idNumber } = await born('臧全有')
  const { id: profileId } = (await person.send<Account>('GET', '/api/account')).body
  const { id } = await fileAllowance(person, '臧全有', idNumber)
  await boundBefore(county, person, 'qian-li')
  await person.send('POST', '/api/reminder-settings', {
    body: {
      kinds: [{ kind: 'money', on: false }],
      ways: [{ way: 'wechat', on: false }],
      night: { from: '21:00', until: '09:00' },
    },
  })
  await person.send('POST', '/api/account', { body: { elderMode: true } })
  await person.upload()
  const now = county.services.clock.now()
  const fill = (statement: SQL) => county.services.database.rows(statement)
  await fill(sql`insert into ratings (case_id, level, reasons, rated_by, rated_at)
    values (${id}::uuid, 2, '{}', ${profileId}::uuid, ${now}::timestamptz)`)
  await fill(sql`insert into enterprise_agents (enterprise_id, profile_id, item_ids, until)
    select id, ${profileId}::uuid, array['LX-034'], '2027-03-31' from enterprises where credit_code = '92341821DEM903328K'`)
  await fill(sql`insert into consent_credits (openid, template_id, credits, updated_at)
    select openid, 'YX-CASE-RESULT', 2, ${now}::timestamptz from wechat_identities where profile_id = ${profileId}::uuid`)
  await fill(sql`insert into second_factors (profile_id, id, secret_sealed, confirmed_at)
    values (${profileId}::uuid, gen_random_uuid(), 'not-a-secret', ${now}::timestamptz)`)
  await fill(sql`insert into credentials (id, holder_index, code, name, issuer_unit_id, valid_to, values_sealed, demo)
    select gen_random_uuid(), id_number_index, 'LIC-TEST', '残疾人证', 'unit', '2030-01-02', 'sealed', true
    from profiles where id = ${profileId}::uuid`)
  const copied = await copyOf(person)
  const at = (path: readonly string[]) =>
    path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], copied)
  const missing = Object.entries(IN_COPY).filter(([, path]) => at(path) === undefined || at(path) === null)
  expect(missing).toEqual([])
  expect(copied).toMatchObject({
    登记的: { 大字版: '用' },
    微信: [{ 微信给的代号: expect.stringMatching(/^.{2}….{4}$/) }],
    点过允许的提醒: [{ 提醒: '办理结果通知', 还能发几条: 2, 关没关: '没关' }],
    关掉的提醒: ['钱发了'],
    关掉的途径: ['微信'],
    什么时候不打扰: '晚上 9 点到早上 9 点',
    政府存着的证件: expect.arrayContaining([{ 证件: '残疾人证', 到哪天: '2030-01-02' }]),
    替哪家公司办事: [
      { 公司: expect.stringContaining('小吃店'), 办哪些事: '只办 1 项', 到哪天: '2027-03-31' },
    ],
    工作身份: [{ 姓名: '钱丽', 在不在岗: '在岗', 验证器: '绑了，密钥不给看' }],
  })
  expect((copied['改过什么'] as object[])[0]).toMatchObject({
    做了什么: '改了住的村，或者大字版',
    谁做的: '自己',
  })
  expect((copied['传了没交的照片'] as object[]).length).toBe(1)
  expect(JSON.stringify(copied)).not.toContain('not-a-secret')
})

test('what is not known of somebody is not said to be', async () => {
  const { person } = await born('臧没有', 0)
  expect(await copyOf(person)).toMatchObject({
    登记的: { 姓名: null, 身份证号: null, 大字版: '不用' },
    办件: [],
    政府存着的证件: '微信核过是你，并且你同意了，才打开看。',
    传了没交的照片: [],
    工作身份: [],
    注销过的账户留下的: [],
  })
})

test('the day on which one agreed is the county’s', async () => {
  const { person } = await born('臧清早')
  const { id } = (await person.send<Account>('GET', '/api/account')).body
  await county.services.database.rows(sql`update profiles set consents = jsonb_set(consents, '{0,at}',
    '"2026-11-24T22:30:00.000Z"') where id = ${id}::uuid`)
  const { body } = await person.send<AccountCopy>('GET', '/api/account/copy')
  expect((body['同意过的'] as { 哪天: string }[]).map((each) => each.哪天)).toContain('2026-11-25')
})

test('not at a shared desk', async () => {
  const clerk = await county.as('sun-zhiyuan')
  const shown = await county.visitor.send<DeskCode>('POST', '/api/desk-sessions', { body: {} })
  const { id, code } = shown.body
  await clerk.send('POST', '/api/desk-sessions/confirmation', {
    body: { code, answer: 'confirmed', pin: '270391' },
  })
  const { token } = (await county.visitor.send<DeskLogin>('GET', `/api/desk-sessions/${id}`)).body
  const atDesk = async (path: string) => {
    const answer = await fetch(`${county.url}${path}`, { headers: { Authorization: `Bearer ${token}` } })
    return { status: answer.status, body: await answer.json() }
  }
  expect(await atDesk('/api/account')).toMatchObject({ status: 200 })
  expect(await atDesk('/api/account/copy')).toMatchObject({
    status: 403,
    body: { code: 'account.phone-needed' },
  })
})

test('not without end, nor anew for who leaves and comes back', async () => {
  const { person, personId } = await born('臧多份')
  const copy = (by: Person) => by.send<Problem>('GET', '/api/account/copy')
  for (let nth = 0; nth < 20; nth += 1) expect((await copy(person)).status).toBe(200)
  expect(await copy(person)).toMatchObject({ status: 429 })
  expect((await person.send('POST', '/api/account/closing', { body: {} })).status).toBe(200)
  expect(await copy(await county.logIn(personId))).toMatchObject({ status: 429 })
})

/** Where the copy has what a table holds of a person, or says where it is; null of what tells nothing of them, with why. */
const TABLE_IN_COPY: Readonly<Record<string, readonly string[] | null>> = {
  profiles: ['登记的'],
  wechat_identities: ['微信'],
  followers: ['关注公众号'],
  sessions: ['登录过的设备'],
  second_factors: ['工作身份'],
  staff: ['工作身份'],
  left_filings: ['注销过的账户留下的'],
  activity_days: ['哪天用过'],
  enterprise_agents: ['替哪家公司办事'],
  uploads: ['传了没交的照片'],
  audit_entries: ['改过什么'],
  case_looks: ['办件'],
  cases: ['办件'],
  case_events: ['办件'],
  case_tasks: ['办件'],
  case_texts: ['办件'],
  certificates: ['别的', '文书和证照'],
  documents: ['别的', '文书和证照'],
  credentials: ['政府存着的证件'],
  ratings: ['评过的'],
  consent_credits: ['点过允许的提醒'],
  // By which those are counted.
  consent_entries: ['点过允许的提醒'],
  reminders: ['别的', '消息'],
  deliveries: ['别的', '消息'],
  notice_objections: ['别的', '公示上提的异议'],
  closing_reasons: ['别的', '注销时说的原因'],
  // A code of some minutes: the device that it let in is a session.
  desk_logins: ['登录过的设备'],
  // Answers without personal data, for a day.
  idempotency_keys: null,
  // Of officials, in their office.
  missed_items: null,
}

test('each table of persons is in it, or it says why not', async () => {
  expect(Object.keys(TABLE_IN_COPY).sort()).toEqual(TABLES_OF_PERSONS)
  const { person } = await born('臧按表')
  const copied = await copyOf(person)
  const at = (path: readonly string[]) =>
    path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], copied)
  const missing = Object.entries(TABLE_IN_COPY).filter(([, path]) => path && at(path) === undefined)
  expect(missing).toEqual([])
})

test('that one follows the official account, as what, and since when it is known; of who does not nothing', async () => {
  const { person } = await born('臧关注')
  expect((await copyOf(person))['关注公众号']).toEqual([])
  const { id } = (await person.send<Account>('GET', '/api/account')).body
  const fill = (statement: SQL) => county.services.database.rows(statement)
  await fill(sql`update wechat_identities set unionid = 'union-of-zang' where profile_id = ${id}::uuid`)
  await fill(sql`insert into followers (openid, unionid, learnt_at) values
    ('official-zang', 'union-of-zang', '2026-03-31T17:00:00Z'), ('official-other', 'union-of-other', now())`)
  const copied = await copyOf(person)
  expect(copied['关注公众号']).toEqual([{ 公众号给的代号: 'of…zang', 最近哪天知道的: '2026-04-01' }])
  expect(copied['微信']).toMatchObject([{ 各个号通用的代号: 'un…zang' }])
  expect(JSON.stringify(copied)).not.toContain('official-')
})

import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseView } from '#shared/contract/case'
import type { Queue } from '#shared/contract/work'
import { run as fillLists } from '../../functions/commands/fill-lists'
import { profileIdOf } from '../../functions/platform/db/seed/seed-ids'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, newcomer, openCounty } from './county'
import { nothingMissing } from './project'

// Everybody of the pack asks for each of these cases. What they are answered stands here by hand: a role in a unit, or a
// person, and what the case is to them; whoever is not named is told that there is none.
type Sight = 'staff' | 'former' | 'applicant'
interface Expected {
  readonly pools: Readonly<Record<string, Sight>>
  /** Stands before what a role gives. */
  readonly people?: Readonly<Record<string, Sight | 'nothing'>>
  /** In whose queues it stands, of those who work on it. */
  readonly queues: readonly string[]
}

interface Member {
  readonly id: string
  readonly roles?: readonly { readonly role: string; readonly unitId: string }[]
}
const read = (list: string) =>
  JSON.parse(readFileSync(`drizzle/packs/langxi/${list}.json`, 'utf8')) as readonly Member[]
const staff = read('staff')
const everybody = [...new Set([...staff, ...read('residents')].map(({ id }) => id))]
const poolsOf = (id: string) =>
  (staff.find((member) => member.id === id)?.roles ?? []).map(({ role, unitId }) => `${role}@${unitId}`)

const MEIZHU = '341821105'
const TAOCHENG = '341821103'
const LIMING = '341821105203'

const TABLE: Readonly<Record<string, Expected>> = {
  '高龄津贴 of 陈桂兰, just filed by 李建国': {
    pools: { [`village-agent@${DALIANG}`]: 'staff', [`town-window@${MEIZHU}`]: 'staff' },
    people: { 'li-jianguo': 'applicant', 'chen-guilan': 'applicant' },
    queues: [`village-agent@${DALIANG}`, `town-window@${MEIZHU}`],
  },
  '高龄津贴, granted by the town': {
    pools: {
      [`village-agent@${DALIANG}`]: 'staff',
      [`town-window@${MEIZHU}`]: 'staff',
      [`town-reviewer@${MEIZHU}`]: 'staff',
    },
    queues: [`town-window@${MEIZHU}`],
  },
  '失业登记, handed from 梅渚镇 to 涛城镇': {
    pools: { [`town-window@${MEIZHU}`]: 'former', [`town-window@${TAOCHENG}`]: 'staff' },
    queues: [`town-window@${TAOCHENG}`],
  },
  '法律援助, just filed': {
    pools: { 'window@justice': 'staff' },
    queues: ['window@justice'],
  },
  '残疾人补贴, sent back by 民政局 to 残联': {
    pools: {
      [`town-window@${MEIZHU}`]: 'staff',
      'dept-reviewer@disabled': 'staff',
      'dept-approver@civil': 'staff',
    },
    queues: ['dept-reviewer@disabled'],
  },
  '养老保险参保 of the agent of 黎明村 herself': {
    pools: {
      [`village-agent@${DALIANG}`]: 'staff',
      [`town-window@${MEIZHU}`]: 'staff',
      'admin@data-bureau': 'staff',
    },
    people: { 'zhao-xiaoyan': 'applicant' },
    queues: [`village-agent@${DALIANG}`, `town-window@${MEIZHU}`],
  },
  // 住建局 waits for 自然资源和规划局 and 水利局.
  '项目马上办, of which the fifth department has only looked at the papers': {
    pools: {
      'project-officer@msb-office': 'staff',
      'dept-reviewer@nr': 'staff',
      'dept-reviewer@eco': 'staff',
      'dept-reviewer@water': 'staff',
      'dept-reviewer@housing': 'staff',
      'dept-reviewer@emergency': 'staff',
    },
    queues: [],
  },
  '失业登记 of a relative of 钱丽': {
    pools: { [`town-window@${MEIZHU}`]: 'staff' },
    people: { 'qian-li': 'nothing' },
    queues: [`town-window@${MEIZHU}`],
  },
  '道路货运许可, whose reviewer asked for an extension': {
    pools: {
      'window@transport': 'staff',
      'dept-reviewer@transport': 'staff',
      'dept-approver@transport': 'staff',
    },
    queues: ['dept-reviewer@transport', 'dept-approver@transport'],
  },
  '临时救助, at which the supervisor looks': {
    pools: {
      [`village-agent@${DALIANG}`]: 'staff',
      [`town-window@${MEIZHU}`]: 'staff',
      'supervisor@gov-office': 'staff',
    },
    queues: [`village-agent@${DALIANG}`, `town-window@${MEIZHU}`],
  },
  '就业登记 that the agent of 大梁村 typed for somebody': {
    pools: { 'window@hrss': 'staff' },
    people: { 'wang-lixin': 'staff' },
    queues: ['window@hrss'],
  },
}

let county: County
const ids = new Map<string, string>()
const tokens = new Map<string, string>()

let born = 0
async function applied(itemId: string) {
  born += 1
  const name = `常${'春夏秋冬山水田园东南西北'.charAt(born)}`
  const resident = await newcomer(county, { name, birth: '1940-03-05', villageCode: DALIANG, level: 3 })
  return file(county, { ...resident, name }, itemId)
}
const does = async (
  id: string,
  ...acts: readonly (readonly [string, Parameters<typeof act>[2], Record<string, unknown>?])[]
) => {
  for (const [member, action, more] of acts) {
    const { status, body } = await act(await county.as(member), id, action, more)
    expect({ member, action, status, body }).toMatchObject({ status: 200 })
  }
  return id
}
const setState = (id: string, path: string, value: string) =>
  county.services.database.rows(sql`update cases
    set state = jsonb_set(state, string_to_array(${path}, '.'), ${value}::jsonb) where id = ${id}::uuid`)
const holderOf = (pool: string) => staff.find(({ id }) => poolsOf(id).includes(pool))?.id ?? ''

async function fileAll() {
  const jianguo = await county.as('li-jianguo')
  const guilan = { person: jianguo, name: '陈桂兰', idNumber: '341821194611180024' }
  const agent = await county.as('zhao-xiaoyan')
  const own = { person: agent, name: '赵小燕', idNumber: '341821198609221462', villageCode: LIMING }
  const relatives = await applied('LX-017')
  await setState(relatives, 'relatives', '["qian-li"]')
  await county.services.database.rows(sql`update case_tasks set barred = array['qian-li']
    where case_id = ${relatives}::uuid`)
  const looked = await applied('LX-009')
  const looking = await (await county.as('supervisor-1')).send('POST', `/api/work/cases/${looked}/looks`, {
    body: { reason: '群众来信反映' },
  })
  expect(looking.status).toBe(201)
  const typed = await applied('LX-016')
  for (const [path, value] of [
    ['enteredBy', '"wang-lixin"'],
    ['channel', '"village"'],
  ] as const)
    await setState(typed, path, value)
  return [
    await file(county, guilan, 'LX-005'),
    await does(
      await applied('LX-005'),
      ['wang-lixin', 'verify'],
      ['zhao-min', 'accept'],
      ['sun-zhiyuan', 'grant'],
    ),
    await does(await applied('LX-017'), [
      'zhao-min',
      'transfer',
      { toUnitId: TAOCHENG, reason: '户口在那边' },
    ]),
    await applied('LX-050'),
    await does(
      await applied('LX-010'),
      ['zhao-min', 'accept'],
      ['reviewer-disabled-1', 'pass'],
      [holderOf('dept-approver@civil'), 'return', { toStepKey: 'review', reason: '等级没写清楚' }],
    ),
    await file(county, own, 'LX-013'),
    await does(await nothingMissing(county, await applied('LX-045')), ['zhou-min', 'accept']),
    relatives,
    await does(
      await applied('LX-038'),
      [holderOf('window@transport'), 'accept'],
      ['reviewer-transport-1', 'request-approval', { for: 'extend', reason: '检测没出结果' }],
    ),
    looked,
    typed,
  ]
}

/** A session for each, without the way through WeChat. */
async function logEverybodyIn() {
  const { database, clock } = county.services
  for (const id of everybody) {
    const token = randomUUID()
    tokens.set(id, token)
    const [profile, identity] = [profileIdOf(id), randomUUID()]
    await database.rows(sql`insert into wechat_identities (id, appid, openid, profile_id, created_at)
      values (${identity}::uuid, 'of-this-test', ${id}, ${profile}::uuid, ${clock.now()}::timestamptz)`)
    await database.rows(sql`insert into sessions (id, token_hash, profile_id, identity_id, device, created_at,
        last_seen_at, expires_at)
      values (${randomUUID()}::uuid, ${createHash('sha256').update(token).digest('hex')}, ${profile}::uuid,
        ${identity}::uuid, 'test', ${clock.now()}::timestamptz, ${clock.now()}::timestamptz,
        ${clock.now()}::timestamptz + interval '1 day')`)
  }
}

async function get<Body>(id: string, path: string, sent?: object) {
  const response = await county.app.app.request(path, {
    ...(sent === undefined ? {} : { method: 'POST', body: JSON.stringify(sent) }),
    headers: { Authorization: `Bearer ${tokens.get(id)}`, 'Content-Type': 'application/json' },
  })
  return { status: response.status, body: (await response.json()) as Body }
}

beforeAll(async () => {
  county = await openCounty()
  const filed = await fileAll()
  Object.keys(TABLE).forEach((name, at) => {
    ids.set(name, filed[at] ?? '')
  })
  await logEverybodyIn()
}, 180_000)
afterAll(() => county.close())

/** Whoever waits longer than a statement may is answered 503, however little they may see. */
const AT_ONCE = 40

const rows = Object.entries(TABLE)
function expectedOf({ pools, people = {} }: Expected, id: string): Sight | 'nothing' {
  if (people[id]) return people[id]
  const sights = poolsOf(id).flatMap((pool) => pools[pool] ?? [])
  return sights.find((sight) => sight === 'staff') ?? sights[0] ?? 'nothing'
}

test('the pack has 339 people', () => {
  expect(everybody).toHaveLength(339)
})

test.each(rows)(
  '%s is seen by those of the table, and by nobody else',
  async (name, expected) => {
    const seen: Record<string, string> = {}
    const ask = async (id: string) => {
      const { status, body } = await get<CaseView>(id, `/api/cases/${ids.get(name)}`)
      expect([200, 404]).toContain(status)
      if (status === 200) seen[id] = body.viewer
    }
    for (let from = 0; from < everybody.length; from += AT_ONCE)
      await Promise.all(everybody.slice(from, from + AT_ONCE).map(ask))
    const wanted = everybody.map((id) => [id, expectedOf(expected, id)] as const)
    expect(seen).toEqual(Object.fromEntries(wanted.filter(([, sight]) => sight !== 'nothing')))
  },
  120_000,
)

test('a case stands in the queues of those who work on it, and is counted there alone', async () => {
  const queued = new Map<string, string[]>()
  for (const { id } of staff) {
    const { body } = await get<Queue>(id, '/api/work/cases')
    const found = body.items.map(({ caseId }) => caseId)
    expect(body.counts['to-do'], id).toBe(found.length)
    for (const caseId of found) queued.set(caseId, [...(queued.get(caseId) ?? []), id])
  }
  for (const [name, { queues, people = {} }] of rows) {
    if (queues.length === 0) continue
    const working = staff
      .map(({ id }) => id)
      .filter((id) => people[id] !== 'nothing' && poolsOf(id).some((pool) => queues.includes(pool)))
    expect([name, queued.get(ids.get(name) ?? '')?.sort()]).toEqual([name, working.sort()])
  }
}, 120_000)

test('a search finds what one sees and nothing else, what one has lost by its number alone', async () => {
  // Some states were put right above by hand.
  await county.services.database.rows(sql`update cases set seen_by = null`)
  await fillLists({ services: county.services, words: [], print: () => undefined })
  const [filed] = await county.services.database.rows<{ number: string }>(
    sql`select case_number as number from cases where id = ${ids.get('失业登记, handed from 梅渚镇 to 涛城镇')}::uuid`,
  )
  const day = filed?.number.slice(6, 12) ?? ''
  const search = async (id: string, q: string) => {
    const { status, body } = await get<Queue>(id, '/api/work/cases/search', { q })
    expect([id, status]).toEqual([id, 200])
    return body.items.map(({ caseId }) => caseId).sort()
  }
  // Sensitive: only the holders of its steps find it.
  const secret = (name: string, id: string) =>
    name.includes('救助') && poolsOf(id).some((pool) => pool.startsWith('supervisor'))
  for (const { id } of staff.filter(({ roles }) => (roles ?? []).length > 0)) {
    const sights = rows.map(([name, expected]) => [name, expectedOf(expected, id)] as const)
    const wanted = (known: readonly string[]) =>
      sights
        .filter(([name, sight]) => known.includes(sight) && !secret(name, id))
        .map(([name]) => ids.get(name) ?? '')
        .sort()
    expect([id, await search(id, day)]).toEqual([id, wanted(['staff', 'former'])])
    const named = await search(id, '常')
    expect(wanted(['staff']), id).toEqual(expect.arrayContaining(named))
  }
}, 240_000)

test('who lost a case learns its number, its item and where it went', async () => {
  const id = ids.get('失业登记, handed from 梅渚镇 to 涛城镇') ?? ''
  const { body } = await get<CaseView>('zhao-min', `/api/cases/${id}`)
  const current = (await get<CaseView>(holderOf(`town-window@${TAOCHENG}`), `/api/cases/${id}`)).body
  expect(body).toMatchObject({
    viewer: 'former',
    caseNumber: current.caseNumber,
    itemName: current.itemName,
    nowText: '转给了涛城镇',
  })
  const { id: _id, caseNumber, serviceItemId, itemName, plainName, ...rest } = body
  const known = [caseNumber, serviceItemId, itemName, plainName]
  expect(known.every(Boolean)).toBe(true)
  const words = JSON.stringify(rest)
  for (const secret of [current.applicantMasked, '大梁村', '户口在那边'])
    expect(words, secret).not.toContain(secret)
  expect(rest).toMatchObject({ answers: [], papers: [], timeline: [], documents: [], staff: null })
  const [paper] = current.papers.flatMap(({ files }) => files)
  if (paper) expect((await get('zhao-min', paper.url)).status).toBe(404)
})

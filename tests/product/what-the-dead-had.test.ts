import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import { bornBy, file, play } from '../e2e/scenes'
import { type County, caseOf, openCounty, type Person, sendAll } from './county'
import { choose, deliver } from './deliver'
import { disowning } from './disowning'

// Who has died says nothing and has nothing served since that day; who lives has nothing served by another's hand.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const { filedFor, disown } = disowning(() => county)
const born = (name: string, level: 0 | 3 = 3) => bornBy(county)(name, level)
const today = async () => (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
const setClock = async (to: string) => {
  await county.services.database.rows(sql`update sessions set expires_at = '2099-01-01'`)
  await county.door('POST', 'clock', { set: `${to}:00+08:00` })
}
const window = () => county.as('zhao-min')
const after = async (person: Person, id: string, body: object, door: string) => {
  const { version } = await caseOf(person, id)
  return person.send<{ code?: string; errors?: { pointer: string }[] }>('POST', `/api/cases/${id}/${door}`, {
    body: { version, ...body },
  })
}
const dying = async (id: string, diedOn?: string) =>
  after(
    await window(),
    id,
    { action: 'record', diedOn: diedOn ?? (await today()), proof: '死亡医学证明书' },
    'death',
  )
const takingBack = async (id: string) =>
  after(await window(), id, { action: 'withdraw', reason: '同名的另一个人' }, 'death')
const proposing = async (id: string) =>
  after(
    await county.as('sun-zhiyuan'),
    id,
    { action: 'propose-revocation', basis: 'unqualified', reason: '户口本是假的，核对过了' },
    'after-decision',
  )
const revoking = async (id: string) =>
  after(
    await county.as('wu-deming'),
    id,
    { action: 'revoke-decision', reason: '查实了，材料是假的' },
    'after-decision',
  )
const toFamily = async (id: string, of: 'result' | 'revocation-notice') =>
  deliver(await window(), id, 'hand-over', {
    of,
    takenOn: await today(),
    taker: { name: '陶儿', power: 'family' },
  })
const paperOf = async (id: string, of: string) =>
  (await caseOf(await window(), id)).delivery?.papers.find((each) => each.of === of)
const linesOf = async (person: Person, id: string) => {
  const { caseNumber } = await caseOf(person, id)
  const { items } = (await person.send<Inbox>('GET', '/api/inbox')).body
  return items
    .filter(({ lines }) => lines.some((line) => line.includes(caseNumber)))
    .map(({ lines }) => lines[0])
}

async function granted(name: string) {
  const elder = await born(name)
  const id = await file(county, elder, 'LX-005')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
    ['window', 'deliver', { method: 'pickup' }],
  ])
  return { ...elder, id }
}
async function refused(name: string, wish: 'electronic' | null) {
  const elder = await born(name)
  const id = await file(county, elder, 'LX-005')
  if (wish) expect((await choose(elder.person, id, { method: wish })).status).toBe(200)
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason: '户口在外县' }],
    ['window', 'conclude'],
  ])
  return { ...elder, id }
}

test('the account of who has died says nothing before a revocation, gives nothing up and rates nothing', async () => {
  const { person, id } = await granted('陶甲')
  expect((await caseOf(person, id)).mayRate).toBe(true)
  expect((await dying(id)).status).toBe(200)
  expect((await proposing(id)).status).toBe(200)
  await sendAll(county)
  const own = await caseOf(person, id)
  expect(own.revocation).toMatchObject({ maySpeak: false, maySayAll: false })
  expect(own.mayRate).toBe(false)
  expect((await after(person, id, { statement: '没有要说的', isAll: true }, 'statement')).status).toBe(409)
  expect((await after(person, id, { statement: '我没死' }, 'statement')).status).toBe(409)
  expect(
    (await person.send('POST', `/api/cases/${id}/rating`, { body: { level: 1, reasons: [] } })).status,
  ).toBe(409)
  expect(await revoking(id)).toMatchObject({ status: 409, body: { code: 'case.hearing-unserved' } })
  // The family has it, and its days.
  expect((await toFamily(id, 'revocation-notice')).status).toBe(200)
  expect(await revoking(id)).toMatchObject({ status: 409, body: { code: 'case.hearing-open' } })
})

test('a family is asked to come for a paper only where one waits', async () => {
  const elder = await born('陶戊', 0)
  const son = await born('陶戊儿')
  const id = await filedFor(son.person, elder)
  await play(county, id, [['village', 'verify']])
  await after(await window(), id, { reason: '看了身份证' }, 'identity-confirmation')
  await play(county, id, [
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
    ['window', 'deliver', { method: 'pickup' }],
  ])
  await setClock('2026-11-25T09:00')
  expect((await dying(id)).status).toBe(200)
  expect((await linesOf(son.person, id))[0]).not.toContain('来拿')
  const [newest] = (await caseOf(son.person, id)).timeline
  expect(`${newest?.title} ${newest?.note}`).not.toMatch(/来拿|交给家里人/)
})

test('a number that a stranger has typed makes nobody dead', async () => {
  const owner = await born('陶己')
  const own = await file(county, owner, 'LX-009')
  const stranger = await born('陶己人')
  const id = await filedFor(stranger.person, owner)
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'decline', { reason: '不归这里' }],
  ])
  await sendAll(county)
  const toldOf = async (caseId: string) =>
    county.services.database.rows(
      sql`select 1 from reminders where case_id = ${caseId}::uuid and kind = 'applicant-died'`,
    )
  expect((await dying(id)).status).toBe(200)
  expect(await toldOf(own)).toEqual([])
  // They hear what was entered under their number, and can say that they have not applied.
  expect((await linesOf(owner.person, id))[0]).toContain('申请人不在了')
  await disown(owner.person, id)
})

const VILLAGERS = ['大梁村 王芳', '大梁村 李强'] as const

async function served(id: string, how: 'phone' | 'left' | 'agent') {
  const clerk = await window()
  const of = 'result' as const
  if (how === 'left')
    return deliver(clerk, id, 'leave', { of, witnesses: [...VILLAGERS], refusal: '本人拒收' })
  const taker = { name: '潘代理', power: 'agent' } as const
  if (how === 'agent') return deliver(clerk, id, 'hand-over', { of, takenOn: await today(), taker })
  await play(county, id, [['window', 'deliver', { method: 'electronic' }]])
  return { status: 200 }
}

test('what was served since the day they died served nobody: it is owed to the family, though the case was closed by it', async () => {
  const cases = []
  for (const how of ['phone', 'left', 'agent'] as const) {
    const elder = await refused(
      `陶${{ phone: '一', left: '二', agent: '三' }[how]}`,
      how === 'phone' ? 'electronic' : null,
    )
    cases.push({ ...elder, how })
  }
  const filed = await today()
  await setClock('2026-11-26T10:00')
  const clerk = await window()
  for (const { id, how } of cases) expect((await served(id, how)).status, how).toBe(200)
  await setClock('2026-11-27T10:00')
  for (const { person, id, how } of cases) {
    expect((await caseOf(person, id)).against?.ways?.servedOn, how).not.toBeNull()
    expect((await dying(id, filed)).status, how).toBe(200)
    expect((await caseOf(person, id)).against?.ways?.servedOn, how).toBeNull()
    const paper = await paperOf(id, 'result')
    expect(paper, how).toMatchObject({ forFamily: true, served: null })
    expect(paper?.acts, how).toContain('hand-over')
    const queue = await clerk.send<{ items: { caseId: string }[] }>('GET', '/api/work/cases?tab=to-do')
    expect(
      queue.body.items.map(({ caseId }) => caseId),
      how,
    ).toContain(id)
    expect((await caseOf(clerk, id)).status, how).toBe('delivered')
    const handed = await toFamily(id, 'result')
    expect(handed.status, JSON.stringify(handed.body)).toBe(200)
    expect((await caseOf(person, id)).against?.ways?.servedOn, how).toBe('2026-11-27')
    expect((await paperOf(id, 'result'))?.acts, how).toEqual([])
  }
  // Nobody has died: what was served as it was written down stands, and what the family has begins nothing.
  for (const { person, id, how } of cases) {
    expect((await takingBack(id)).status, how).toBe(200)
    const day = how === 'phone' ? filed : '2026-11-26'
    expect((await caseOf(person, id)).against?.ways?.servedOn, how).toBe(day)
    expect((await paperOf(id, 'result'))?.acts ?? [], how).toEqual([])
  }
})

test('on which day they died is after they were born, and not before they applied but where that is said', async () => {
  const { id } = await refused('陶四', null)
  expect(await dying(id, '1890-01-01')).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/diedOn' }] },
  })
  const body = { action: 'record', diedOn: '2026-11-02', proof: '死亡医学证明书' }
  expect(await after(await window(), id, body, 'death')).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/diedOn' }] },
  })
  expect((await after(await window(), id, { ...body, beforeFiling: true }, 'death')).status).toBe(200)
})

test('recorded in error, what a family took for who lives begins no days: it is owed to them, and they hear of it', async () => {
  const { person, id } = await granted('陶乙')
  const other = await refused('陶丙', null)
  await setClock('2026-11-28T10:00')
  for (const each of [id, other.id]) expect((await dying(each)).status).toBe(200)
  expect((await proposing(id)).status).toBe(200)
  expect((await toFamily(id, 'revocation-notice')).status).toBe(200)
  expect((await toFamily(other.id, 'result')).status).toBe(200)
  await setClock('2026-12-14T10:00')
  for (const each of [id, other.id]) expect((await takingBack(each)).status).toBe(200)
  const own = await caseOf(person, id)
  expect(own.revocation).toMatchObject({ maySpeak: true, speakUntil: null })
  expect((await linesOf(person, id))[0]).toContain('撤销')
  expect((await linesOf(person, id))[0]).not.toContain('照原来的接着办')
  expect(await revoking(id)).toMatchObject({ status: 409, body: { code: 'case.hearing-unserved' } })
  expect((await paperOf(id, 'revocation-notice'))?.acts).toContain('hand-over')
  const takenOn = await today()
  expect((await deliver(await window(), id, 'hand-over', { of: 'revocation-notice', takenOn })).status).toBe(
    200,
  )
  expect((await caseOf(person, id)).revocation?.speakUntil).toBe('2026-12-21')
  // The refusal, too, has been in another's hand alone.
  expect((await caseOf(other.person, other.id)).against?.ways?.servedOn).toBeNull()
  expect((await linesOf(other.person, other.id))[0]).toContain('文书')
  expect((await deliver(await window(), other.id, 'hand-over', { of: 'result', takenOn })).status).toBe(200)
  expect((await caseOf(other.person, other.id)).against?.ways?.servedOn).toBe(takenOn)
})

test('the days to speak that a message began count for nobody who died before they were over, and anew for who lives', async () => {
  const { person, id } = await granted('陶丁')
  expect((await proposing(id)).status).toBe(200)
  const first = (await caseOf(person, id)).revocation?.speakUntil
  await setClock('2026-12-16T10:00')
  expect((await dying(id)).status).toBe(200)
  expect(await revoking(id)).toMatchObject({ status: 409, body: { code: 'case.hearing-unserved' } })
  await setClock('2026-12-21T10:00')
  expect((await takingBack(id)).status).toBe(200)
  const own = await caseOf(person, id)
  expect(own.revocation?.speakUntil).toBe('2026-12-28')
  expect(own.revocation?.speakUntil).not.toBe(first)
  expect((await linesOf(person, id))[0]).toContain('有话 最晚')
  expect(await revoking(id)).toMatchObject({ status: 409, body: { code: 'case.hearing-open' } })
})

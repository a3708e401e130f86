import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Problem } from '#shared/contract/problems'
import type { RepliesWritten, WorkReplies, WriteReplies } from '#shared/contract/replies'
import { type County, newcomer, openCounty, type Person } from './county'

// C11: the words that a unit offers where an act takes a reason.
let county: County
let clerk: Person
let head: Person
beforeAll(async () => {
  county = await openCounty()
  clerk = await county.as('zhao-min')
  head = await county.as('wu-deming')
})
afterAll(() => county.close())

const TOWN = '341821105'
const own = (words: string, itemId: string | null = null) => ({ words, itemId })
const listsOf = async (person: Person) => {
  const { units } = (await person.send<WorkReplies>('GET', '/api/work/replies')).body
  return units.find(({ unitId }) => unitId === TOWN)
}
const write = (person: Person, replies: WriteReplies['replies'], more: Partial<WriteReplies> = {}) =>
  person.send<RepliesWritten & Problem>('POST', '/api/work/replies', {
    body: { unitId: TOWN, act: 'decline', version: 0, replies, ...more },
  })

test('a unit has none of its own until whoever heads it writes some, in their order', async () => {
  expect(await listsOf(clerk)).toMatchObject({ mayWrite: false, lists: [] })
  expect(await listsOf(head)).toMatchObject({ mayWrite: true, lists: [] })
  const replies = [own('摊点在县城，归县市场监管局'), own('还没满 80 周岁', 'LX-005')]
  expect(await write(head, replies)).toMatchObject({ status: 200, body: { version: 1 } })
  expect((await listsOf(clerk))?.lists).toEqual([
    {
      act: 'decline',
      version: 1,
      replies: [
        { words: '摊点在县城，归县市场监管局', itemId: null, itemName: null },
        { words: '还没满 80 周岁', itemId: 'LX-005', itemName: '高龄津贴' },
      ],
    },
  ])
  const turned = [...replies].reverse()
  expect(await write(head, turned, { version: 1 })).toMatchObject({ status: 200, body: { version: 2 } })
  expect((await listsOf(head))?.lists[0]?.replies.map(({ words }) => words)).toEqual(
    turned.map(({ words }) => words),
  )
})

test('two who write at once: the later one sees first what the other wrote', async () => {
  const one = await write(head, [own('情况要再核实')], { act: 'extend' })
  expect(one.status).toBe(200)
  for (const version of [0, 7]) {
    const late = await write(head, [own('别的话')], { act: 'extend', version })
    expect(late).toMatchObject({ status: 409, body: { code: 'reply.changed' } })
  }
  const never = await write(head, [own('还没有过')], { act: 'suspend', version: 3 })
  expect(never).toMatchObject({ status: 409, body: { code: 'reply.changed' } })
  const lists = (await listsOf(head))?.lists ?? []
  expect(lists.map(({ act }) => act)).not.toContain('suspend')
  expect(lists.find(({ act }) => act === 'extend')?.replies).toMatchObject([{ words: '情况要再核实' }])
})

test('of two who send at the very same moment one is kept and the other told, each time', async () => {
  for (let version = 0; version < 6; version += 1) {
    const both = await Promise.all(
      ['甲', '乙'].map((who) => write(head, [own(`${who}写的第 ${version} 次`)], { act: 'return', version })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const kept = (await listsOf(head))?.lists.find(({ act }) => act === 'return')
    expect(kept?.replies.map(({ words }) => words)).toEqual([
      `${both[0]?.status === 200 ? '甲' : '乙'}写的第 ${version} 次`,
    ])
  }
})

test('nobody else writes for a unit, and of other units nobody knows', async () => {
  expect(await write(clerk, [own('窗口写的')], { version: 2 })).toMatchObject({
    status: 403,
    body: { code: 'account.role-needed' },
  })
  expect(await write(head, [own('别的单位')], { unitId: 'transport' })).toMatchObject({ status: 404 })
  const others = await county.as('approver-transport-1')
  expect(await listsOf(others)).toBeUndefined()
})

test.each([
  ['a number of a card of identity', [own('请 341821197201082951 本人来')], 400],
  ['a telephone', [own('打 15405638263 问')], 400],
  ['the number of a case', [own('照 3418212603020035 那件来')], 400],
  ['the same twice', [own('这件不归这里办'), own('这件不归这里办 ')], 400],
  ['nothing', [own(' ')], 400],
  ['more than anybody reads', [own('长'.repeat(201))], 400],
  ['an item that is none', [own('这件不归这里办', 'LX-999')], 422],
  ['more than anybody finds', Array.from({ length: 21 }, (_, at) => own(`第 ${at} 句话`)), 400],
] as const)('%s is refused and changes nothing', async (_what, replies, status) => {
  const before = await listsOf(head)
  const answer = await write(head, [...replies], { version: 2 })
  expect(answer.status).toBe(status)
  expect(answer.body.title).toMatch(/[一-龥]/)
  expect(await listsOf(head)).toEqual(before)
})

test('who wrote it is audited, and the empty list leaves what every unit has', async () => {
  const audited = await county.services.database.rows<{ actor: string; subject: string }>(
    sql`select actor, subject from audit_entries where action = 'desk.write-replies' order by at limit 1`,
  )
  expect(audited).toEqual([{ actor: 'staff:wu-deming', subject: `unit:${TOWN}` }])
  expect(await write(head, [], { version: 2 })).toMatchObject({ status: 200, body: { version: 3 } })
  expect((await listsOf(clerk))?.lists.find(({ act }) => act === 'decline')?.replies).toEqual([])
})

test('who works nowhere is told so, and a clerk who may not that they may not', async () => {
  const { person } = await newcomer(county, {
    name: '石不办',
    birth: '1990-03-05',
    villageCode: '341821105200',
    level: 3,
  })
  const none = await person.send<Problem>('GET', '/api/work/replies')
  expect(none).toMatchObject({
    status: 403,
    body: { code: 'account.role-needed', detail: expect.stringContaining('没有工作身份') },
  })
  const barred = await write(clerk, [own('窗口写的')], { version: 3 })
  expect(barred.body).not.toHaveProperty('detail')
})

test('sixty times an hour is enough to word them', async () => {
  const busy = await county.as('approver-transport-1')
  const unitId = (await busy.send<WorkReplies>('GET', '/api/work/replies')).body.units[0]?.unitId ?? ''
  const once = (version: number) => write(busy, [own(`第 ${version} 次写的`)], { unitId, version })
  // Who was overtaken by a colleague has written nothing.
  for (let time = 0; time < 3; time += 1) expect((await once(7)).status).toBe(409)
  for (let version = 0; version < 60; version += 1) expect((await once(version)).status).toBe(200)
  expect(await once(60)).toMatchObject({ status: 429, body: { code: 'request.rate-limited' } })
})

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'

import type { CaseNudged } from '#shared/contract/nudge'
import type { Problem } from '#shared/contract/problems'
import type { Home } from '#shared/contract/service-item'
import type { Queue } from '#shared/contract/work'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { bornBy, play } from '../e2e/scenes'
import { type County, caseOf, openCounty, type Person, sendAll } from './county'
import { disowning } from './disowning'
import { HANDED, unheardActs } from './unheard'

// Whoever waits for a revocation to be taken back reads until when it must be, and may nudge who has to.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-03-02T09:42:00+08:00' })
})
afterAll(() => county.close())

const { filedFor } = disowning(() => county)
const acts = unheardActs(() => county)
const { setClock, granted, revokedUnheard, newestLine, linesOf, takesBack } = acts

const listed = async (person: Person, id: string) =>
  (await person.send<CaseList>('GET', '/api/cases')).body.items.find((each) => each.id === id)
const nudge = (person: Person, id: string) =>
  person.send<CaseNudged & Problem>('POST', `/api/cases/${id}/nudge`, { body: {} })
const found = async (who: string, id: string) => {
  const staff = await county.as(who)
  const { caseNumber } = await caseOf(staff, id)
  const answer = await staff.send<Queue>('POST', '/api/work/cases/search', {
    body: { q: caseNumber, tab: 'all' },
  })
  return answer.body.items.find((each) => each.caseNumber === caseNumber)
}

test('until when is told on the page, in the list, in the message and to staff, and that the day has passed', async () => {
  await setClock('2026-03-03T10:00')
  const { person, id } = await granted('贺壬')
  await revokedUnheard(id, ['2026-03-04T10:00', '2026-03-18T10:00'])

  expect(await newestLine(person, id)).toContain('正在收回撤销，最晚 4月1日 收回，收回了告诉你')
  const told = '正在收回撤销，最晚 4月1日 收回'
  expect(await caseOf(person, id)).toMatchObject({
    outcome: { key: 'taking-back', word: '正在收回撤销' },
    takingBack: { by: '2026-04-01', isHolders: true },
    nowText: told,
    next: { title: '收回撤销', who: expect.stringContaining('梅渚镇'), dueOn: '2026-04-01' },
  })
  expect(await listed(person, id)).toMatchObject({ takingBackBy: '2026-04-01', statusText: told })
  const home = await person.send<Home>('GET', '/api/home')
  expect(home.body.me?.running.map(({ caseId }) => caseId)).toEqual([id])
  expect(await caseOf(await county.as('zhao-min'), id)).toMatchObject({ nowText: told })
  expect(await found('zhao-min', id)).toMatchObject({ note: told })

  await setClock('2026-04-02T10:00')
  const over = '正在收回撤销，应当最晚 4月1日 收回，还没收回'
  expect(await caseOf(person, id)).toMatchObject({ takingBack: { by: '2026-04-01' }, nowText: over })
  expect(await listed(person, id)).toMatchObject({ statusText: over })
  expect(await found('zhao-min', id)).toMatchObject({ note: over })

  expect(await takesBack(id)).toBe(200)
  const done = await caseOf(person, id)
  expect(done).not.toHaveProperty('takingBack')
  expect(done.next).toBeNull()
  expect(done.nowText).not.toMatch(/收回/)
  expect(await listed(person, id)).not.toHaveProperty('takingBackBy')
})

test('the holder nudges who has to take it back: once in three days, told in words, and seen on the case', async () => {
  await setClock('2026-04-03T10:00')
  const { person, id } = await granted('贺甲')
  await revokedUnheard(id, ['2026-04-07T10:00', '2026-04-21T10:00'])
  const before = await caseOf(person, id)
  expect(before.nudge).toMatchObject({ to: '梅渚镇', nextAllowedAt: null })
  expect(before.nudge?.whom).toMatch(/^正在收回撤销的/)

  expect(await nudge(person, id)).toMatchObject({ status: 201, body: { told: '梅渚镇' } })
  const after = await caseOf(person, id)
  expect(after).toMatchObject({ outcome: { key: 'taking-back' }, version: before.version + 1 })
  expect(after.nudge?.nextAllowedAt).toBe('2026-04-23T16:00:00.000Z')
  expect(after.timeline[0]).toMatchObject({ type: 'nudged', note: '提醒了梅渚镇' })
  expect((await caseOf(await county.as('wu-deming'), id)).nudgedAt).toBe(after.nudgedAt)
  expect(after.nudgedAt).toBeDefined()

  await sendAll(county)
  const head = await linesOf(await county.as('wu-deming'), id)
  const told = head.filter(({ title }) => /催/.test(title))
  expect(told).toMatchObject([{ title: expect.stringMatching(/：申请人催了一次$/) }])
  expect(told.flatMap(({ lines }) => lines).join()).toMatch(/^收回撤销，最晚 \d+月\d+日,申请人在等/)
  const window = await linesOf(await county.as('zhao-min'), id)
  expect(window.filter(({ title }) => /催/.test(title))).toEqual([])

  expect(await nudge(person, id)).toMatchObject({
    status: 429,
    body: { code: 'case.nudged-before', detail: expect.stringMatching(/^4月24日 起能再催/) },
  })
  await setClock('2026-04-24T10:00')
  expect(await nudge(person, id)).toMatchObject({ status: 201 })
  expect(await rebuildCases({ services: county.services, words: [], print: () => undefined })).toBe(0)

  expect(await takesBack(id)).toBe(200)
  expect((await caseOf(person, id)).nudge ?? null).toBeNull()
  expect((await nudge(person, id)).status).toBe(409)
})

test('where nobody of the organ is there it is refused, with whom to call; of who has died again nobody nudges', async () => {
  await setClock('2026-04-27T10:00')
  const { person, id } = await granted('贺乙')
  await revokedUnheard(id, ['2026-04-28T10:00', '2026-05-15T10:00'])
  const leave = (days: object[]) =>
    county.services.database.rows(sql`with changed as (
      update staff set leave = ${JSON.stringify(days)}::jsonb where id in (select staff_id from staff_roles where unit_id in (select unit_id from staff_roles where staff_id = 'wu-deming')))
      update reference_data set revision = revision + 1, registry = registry + 1`)
  await leave([{ from: '2026-05-14', to: '2026-07-01' }])
  await setClock('2026-05-18T10:00')
  expect(await nudge(person, id)).toMatchObject({
    status: 409,
    body: { code: 'case.nudge-unheard', detail: expect.stringContaining('急用的话') },
  })
  await leave([])
  expect(await acts.dies(id)).toBe(200)
  expect((await nudge(person, id)).status).not.toBe(201)
})

test('who filed it for somebody else reads of whose it is, and is not taken for the holder', async () => {
  await setClock('2026-05-18T11:00')
  const mother = await bornBy(county)('贺丁', 3)
  const son = await bornBy(county)('贺丁儿', 3)
  const id = await filedFor(son.person, mother)
  const window = await county.as('zhao-min')
  const { version } = await caseOf(window, id)
  const confirmed = await window.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version, reason: '本人带身份证来的' },
  })
  expect(confirmed.status).toBe(200)
  await play(county, id, HANDED)
  await revokedUnheard(id, ['2026-05-19T10:00', '2026-06-03T10:00'])
  expect(await newestLine(mother.person, id)).toContain('撤销以前没有听你说，正在收回撤销，最晚 6月17日 收回')
  const line = await newestLine(son.person, id)
  expect(line).toContain(
    '撤销以前没有听申请人说，正在收回撤销，最晚 6月17日 收回，收回了告诉你。申请人不想等的',
  )
  expect(line).not.toContain('听你说')
  expect((await caseOf(mother.person, id)).takingBack).toEqual({ by: '2026-06-17', isHolders: true })
  expect((await caseOf(son.person, id)).takingBack).toEqual({ by: '2026-06-17', isHolders: false })
  expect((await nudge(son.person, id)).status).toBe(201)
})

import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { bornBy, file, play } from '../e2e/scenes'
import { type County, caseOf, type Person } from './county'
import { deliver } from './deliver'

const FIRST = [
  ['village', 'verify'],
  ['window', 'accept'],
  ['reviewer', 'grant'],
] as const
export const HANDED = [...FIRST, ['window', 'conclude'], ['window', 'deliver', { method: 'pickup' }]] as const
/** Acts around a grant that is revoked while a record of a death stands, each by whoever may. */
export const unheardActs = (
  of: () => County,
  staff = { clerk: 'zhao-min', proposer: 'sun-zhiyuan', head: 'wu-deming' },
) => {
  const today = async () => (await of().door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
  const post = async (who: string, id: string, door: string, body: object) => {
    const person = await of().as(who)
    const { version } = await caseOf(person, id)
    const { status, body: answer } = await person.send<{ code?: string }>(
      'POST',
      `/api/cases/${id}/${door}`,
      {
        body: { version, ...body },
      },
    )
    return status === 200 ? 200 : `${status} ${answer.code}`
  }
  const linesOf = async (person: Person, id: string) => {
    const { caseNumber } = await caseOf(person, id)
    const { items } = (await person.send<Inbox>('GET', '/api/inbox')).body
    return items.filter(({ lines }) => lines.some((line) => line.includes(caseNumber)))
  }
  const acts = {
    today,
    async setClock(to: string) {
      await of().services.database.rows(sql`update sessions set expires_at = '2099-01-01'`)
      await of().door('POST', 'clock', { set: `${to}:00+08:00` })
    },
    async granted(name: string, steps: Parameters<typeof play>[2] = HANDED, item = 'LX-005') {
      const elder = await bornBy(of())(name, 3)
      const id = await file(of(), elder, item)
      await play(of(), id, steps)
      return { ...elder, id }
    },
    dies: async (id: string, diedOn?: string) =>
      post(staff.clerk, id, 'death', {
        action: 'record',
        diedOn: diedOn ?? (await today()),
        proof: '死亡医学证明书',
      }),
    lives: (id: string) => post(staff.clerk, id, 'death', { action: 'withdraw', reason: '同名的另一个人' }),
    proposes: (id: string) =>
      post(staff.proposer, id, 'after-decision', {
        action: 'propose-revocation',
        basis: 'unqualified',
        reason: '户口本是假的',
      }),
    revokes: (id: string) =>
      post(staff.head, id, 'after-decision', { action: 'revoke-decision', reason: '查实了，材料是假的' }),
    takesBack: (id: string, who = staff.head) =>
      post(who, id, 'after-decision', {
        action: 'keep-decision',
        reason: '撤销以前没有听到申请人的意见',
      }),
    async hands(id: string, paper: string, family = true) {
      const taker = family ? { taker: { name: '贺家儿', power: 'family' as const } } : {}
      const clerk = await of().as(staff.clerk)
      const handed = { of: paper, takenOn: await today(), ...taker } as never
      const { status, body } = await deliver(clerk, id, 'hand-over', handed)
      return status === 200 ? 200 : `${status} ${body.code}`
    },
    linesOf,
    newest: async (person: Person, id: string) => (await linesOf(person, id))[0],
    newestLine: async (person: Person, id: string) => (await linesOf(person, id))[0]?.lines[0],
    async rowOf(who: string, id: string) {
      const staff = await of().as(who)
      const { caseNumber } = await caseOf(staff, id)
      const { items } = (await staff.send<Queue>('GET', '/api/work/cases')).body
      return items.find((row) => row.caseNumber === caseNumber)
    },
    paperOf: async (id: string, paper: string) =>
      (await caseOf(await of().as(staff.clerk), id)).delivery?.papers.find((each) => each.of === paper),
    /** Recorded in error, revoked on a notice that a family took, and alive. */
    async revokedUnheard(id: string, days: readonly [string, string]) {
      await acts.setClock(days[0])
      expect(await acts.dies(id)).toBe(200)
      expect(await acts.proposes(id)).toBe(200)
      expect(await acts.hands(id, 'revocation-notice')).toBe(200)
      await acts.setClock(days[1])
      expect(await acts.revokes(id)).toBe(200)
      expect(await acts.lives(id)).toBe(200)
    },
  }
  return acts
}

import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { Database } from '../platform/ports/database'
import { faults } from './schema'

/** Of a call. `reset`: processed, then the connection ends; `before-answer`: what it pushes arrives before it is answered. */
const callFaults = ['error', 'latency', 'reset', 'bad-gateway', 'not-json', 'before-answer'] as const
/**
 * Of a push. `reorder`: held back until the account's next one has arrived; `late`: by `milliseconds`; `corrupt`: altered
 * after it was signed; `unreadable`: rightly signed, and does not open.
 */
const pushFaults = ['duplicate', 'bad-signature', 'corrupt', 'unreadable', 'late', 'reorder'] as const

export const faultKinds = [...callFaults, ...pushFaults] as const
type FaultKind = (typeof faultKinds)[number]
export type PushFault = (typeof pushFaults)[number]

export const isPushFault = (kind: string): kind is PushFault => pushFaults.some((each) => each === kind)
/** The path under which faults of pushes are ordered. */
export const PUSH = 'push'

export interface Fault {
  readonly kind: FaultKind
  readonly errcode: number
  readonly milliseconds: number
}

/** The faults ordered in the console; each is spent by one call of its path, though several processes share them. */
export interface FaultBook {
  order(fault: {
    path: string
    kind: FaultKind
    times: number
    errcode?: number
    milliseconds?: number
  }): Promise<void>
  take(path: string): Promise<Fault | undefined>
  list(): Promise<readonly { path: string; kind: string; remaining: number }[]>
  clear(): Promise<void>
}

export function createFaultBook({ db }: Database): FaultBook {
  return {
    async order({ path, kind, times, errcode = -1, milliseconds = 3000 }) {
      await db.insert(faults).values({ id: uuidv7(), path, kind, remaining: times, errcode, milliseconds })
    },
    async take(path) {
      const next = db
        .select({ id: faults.id })
        .from(faults)
        .where(and(eq(faults.path, path), gt(faults.remaining, 0)))
        .orderBy(asc(faults.id))
        .limit(1)
        .for('update')
      const [row] = await db
        .update(faults)
        .set({ remaining: sql`${faults.remaining} - 1` })
        .where(and(eq(faults.id, next), gt(faults.remaining, 0)))
        .returning()
      return (
        row && {
          kind: row.kind as FaultKind,
          errcode: row.errcode ?? -1,
          milliseconds: row.milliseconds ?? 0,
        }
      )
    },
    list: () =>
      db
        .select({ path: faults.path, kind: faults.kind, remaining: faults.remaining })
        .from(faults)
        .where(gt(faults.remaining, 0))
        .orderBy(asc(faults.id)),
    async clear() {
      await db.delete(faults)
    },
  }
}

import { and, asc, eq, inArray, isNull, lte, ne, sql } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { Database, Db } from '../platform/ports/database'
import { type Account, asChosen, findAccount, openidOf } from './accounts'
import type { SandboxClock } from './clock'
import { type Fault, type FaultBook, isPushFault, PUSH, type PushFault } from './faults'
import { conversation, pushes } from './schema'
import { passiveAnswer } from './wechat/passive-answer'
import { type PushMessage, pushRequest } from './wechat/push-request'

export interface Pushes {
  /** Stores a push in the transaction of what caused it. */
  store(db: Db, account: Account, person: string, message: PushMessage): Promise<void>
  /** Starts delivering what is stored; to be called after the commit. */
  wake(): void
  /** Waits until everything that is due has been delivered or refused once. */
  settle(): Promise<void>
  close(): void
}

const TIMEOUT_MILLISECONDS = 5000
const LEASE_MILLISECONDS = 8000
const RETRY_MILLISECONDS = 5000
const ATTEMPTS = 4
const BATCH = 16
const ACKNOWLEDGED = 'acknowledged'
const HELD_BACK = 'held back'
const LONGEST_HELD_BACK = 30_000

type Row = typeof pushes.$inferSelect
interface Attempt {
  readonly row: Row
  readonly fault?: PushFault
}

export function createPushes(
  database: Database,
  clock: SandboxClock,
  faultBook: FaultBook,
  options: { readonly baseUrl: () => string; readonly fetch: typeof fetch },
): Pushes {
  const { db } = database
  const running = new Set<Promise<void>>()
  let closed = false

  const claim = () => {
    const due = db
      .select({ id: pushes.id })
      .from(pushes)
      .where(and(isNull(pushes.endedAtMachine), lte(pushes.dueAtMachine, Date.now())))
      .orderBy(asc(pushes.id))
      .limit(BATCH)
      .for('update', { skipLocked: true })
    return db
      .update(pushes)
      .set({
        attempts: sql`${pushes.attempts} + 1`,
        dueAtMachine: Date.now() + LEASE_MILLISECONDS,
        outcome: sql`nullif(${pushes.outcome}, ${HELD_BACK})`,
      })
      .where(inArray(pushes.id, due))
      .returning()
  }

  const post = async (account: Account, row: Row, fault?: PushFault) => {
    const openid = openidOf(account.appid, row.person)
    const nowSeconds = Math.floor(clock.milliseconds() / 1000)
    const request = pushRequest(account, openid, JSON.parse(row.message), nowSeconds, fault)
    const url = `${options.baseUrl()}${account.pushPath}?${request.query}`
    const send = () =>
      options.fetch(url, {
        method: 'POST',
        body: request.body,
        headers: { 'content-type': request.contentType },
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      })
    if (fault === 'duplicate') await send()
    const response = await send()
    const body = await response.text()
    if (!response.ok) return { outcome: `refused ${response.status}` }
    const answer = passiveAnswer(account, openid, body)
    if (answer.kind === 'refused') return { outcome: 'refused answer' }
    return { outcome: ACKNOWLEDGED, ...(answer.kind === 'words' && { words: answer.words }) }
  }

  const write = (id: string, values: Partial<typeof pushes.$inferInsert>) =>
    db.update(pushes).set(values).where(eq(pushes.id, id))

  /** What waited for another push of its account to arrive waits no more. */
  const release = ({ id, appid }: Row) =>
    db
      .update(pushes)
      .set({ dueAtMachine: Date.now(), outcome: null })
      .where(
        and(
          eq(pushes.appid, appid),
          eq(pushes.outcome, HELD_BACK),
          isNull(pushes.endedAtMachine),
          ne(pushes.id, id),
        ),
      )

  const deliver = async ({ row, fault }: Attempt) => {
    const made = findAccount(row.appid)
    if (!made) return
    const account = await asChosen(db, made)
    const result: { outcome: string; words?: string } = await post(account, row, fault).catch(() => ({
      outcome: 'no answer',
    }))
    const { outcome, words } = result
    if (words !== undefined) {
      await db.insert(conversation).values({
        id: uuidv7(),
        person: row.person,
        speaker: 'account',
        content: words,
        at: clock.milliseconds(),
      })
    }
    const isOver = outcome === ACKNOWLEDGED || row.attempts >= ATTEMPTS
    await write(
      row.id,
      isOver
        ? { endedAtMachine: Date.now(), outcome }
        : { dueAtMachine: Date.now() + RETRY_MILLISECONDS, outcome },
    )
    if (outcome === ACKNOWLEDGED) await release(row)
  }

  const postpone = ({ id, attempts }: Row, milliseconds: number, outcome: string | null) =>
    write(id, { attempts: attempts - 1, dueAtMachine: Date.now() + milliseconds, outcome })

  /** Whether it is tried now, and with what that goes wrong: in the order in which they were stored. */
  const attemptOf = async (row: Row): Promise<readonly Attempt[]> => {
    const fault: Fault | undefined = await faultBook.take(PUSH)
    if (!fault || !isPushFault(fault.kind)) return [{ row }]
    if (fault.kind !== 'reorder' && fault.kind !== 'late') return [{ row, fault: fault.kind }]
    if (fault.kind === 'reorder') await postpone(row, LONGEST_HELD_BACK, HELD_BACK)
    else await postpone(row, fault.milliseconds, null)
    return []
  }

  const drain = async () => {
    for (;;) {
      const rows = closed ? [] : await claim()
      if (rows.length === 0) return
      const attempts: Attempt[] = []
      for (const row of [...rows].sort((one, other) => (one.id < other.id ? -1 : 1)))
        attempts.push(...(await attemptOf(row)))
      await Promise.all(attempts.map(deliver))
    }
  }
  const wake = () => {
    if (closed || running.size > 1) return
    // The database may close under a drain at shutdown; the rows stay and are delivered after the next start.
    const run = drain().catch(() => undefined)
    running.add(run)
    void run.finally(() => running.delete(run))
  }
  const timer = setInterval(wake, 1000)
  timer.unref()

  return {
    async store(transaction, account, person, message) {
      await transaction.insert(pushes).values({
        id: uuidv7(),
        appid: account.appid,
        person,
        message: JSON.stringify(message),
        attempts: 0,
        dueAtMachine: Date.now(),
      })
    },
    wake,
    async settle() {
      await Promise.all(running)
      await drain()
      await Promise.all(running)
    },
    close() {
      closed = true
      clearInterval(timer)
    },
  }
}

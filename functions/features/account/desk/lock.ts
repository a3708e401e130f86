import { type SQL, sql } from 'drizzle-orm'
import { PINS_TRIED } from '#shared/domain/account/desk-session'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { commitBySystem } from '../../../platform/db/commit'
import { auditFoundPart } from '../../../platform/db/parts/audit'
import { isLocked, isOpenSession as isOpen } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import type { DeskDeps } from './codes'

/** Keyed: whoever has the table alone can try no PIN. */
export const pinDigestOf = ({ cipher }: Pick<DeskDeps, 'cipher'>, profileId: string, pin: string) =>
  cipher.digest(`desk-pin:${profileId}:${pin}`)

/** Of whoever works here: a desk is nobody's whose member has left. */
const isOpenDesk = (
  tokenHash: string,
  now: Instant,
) => sql`(${isOpen(tokenHash, now)} and s.kind = 'desk' and exists (
  select 1 from profiles p join staff t on t.id = p.staff_id and t.active where p.id = s.profile_id))`

type LockDeps = Pick<DeskDeps, 'database' | 'clock' | 'cipher' | 'ids'>

interface Change {
  readonly set: SQL
  readonly action: string
}

/** Writes to the open desk of a token, locked or not; 401 where there is none. */
async function change({ database, clock, ids }: LockDeps, tokenHash: string, { set, action }: Change) {
  const now = clock.now()
  const isChanged = await commitBySystem<boolean>(database, {
    now,
    parts: [
      sql`changed as (update sessions s set ${set}
        where ${isOpenDesk(tokenHash, now)} returning s.profile_id)`,
      auditFoundPart(
        'audited',
        { ids: [ids.next()], now, actor: 'system:desk', action },
        sql`select 'profile:' || profile_id from changed`,
      ),
    ],
    answer: sql`to_json(exists(select 1 from changed))`,
  })
  if (!isChanged) throw new ProblemError('account.session-ended')
}

/** Locks the desk at once. */
export const lockDesk = (deps: LockDeps, tokenHash: string) =>
  change(deps, tokenHash, {
    set: sql`locked_at = coalesce(s.locked_at, ${deps.clock.now()}::timestamptz)`,
    action: 'account.lock-desk',
  })

/** Ends the desk. */
export const leaveDesk = (deps: LockDeps, tokenHash: string) =>
  change(deps, tokenHash, {
    set: sql`revoked_at = ${deps.clock.now()}::timestamptz`,
    action: 'account.leave-desk',
  })

interface Tried {
  readonly isRight: boolean
  readonly wrongPins: number
}

/**
 * Opens a locked desk with the PIN that was chosen on the phone. The fifth wrong one in a row ends the session: 401, and
 * the phone lets it in anew.
 */
export async function unlockDesk(deps: LockDeps, tokenHash: string, pin: string) {
  const { database, clock, ids } = deps
  const now = clock.now()
  const [desk] = await database.rows<{ profileId: string }>(
    sql`select s.profile_id as "profileId" from sessions s where ${isOpenDesk(tokenHash, now)}`,
  )
  if (!desk) throw new ProblemError('account.session-ended')
  const isRight = sql`(s.pin_digest = ${pinDigestOf(deps, desk.profileId, pin)})`
  const isLast = sql`(not ${isRight} and s.wrong_pins + 1 >= ${PINS_TRIED}::int)`
  const tried = await commitBySystem<Tried | null>(database, {
    now,
    parts: [
      sql`tried as (update sessions s set
          wrong_pins = case when ${isRight} then 0 else s.wrong_pins + 1 end,
          locked_at = case when ${isRight} then null when ${isLocked(now)} then coalesce(s.locked_at, ${now}::timestamptz) end,
          last_seen_at = case when ${isRight} then ${now}::timestamptz else s.last_seen_at end,
          revoked_at = case when ${isLast} then ${now}::timestamptz end
        where ${isOpenDesk(tokenHash, now)} returning s.profile_id, s.wrong_pins)`,
      auditFoundPart(
        'unlocked',
        { ids: [ids.next()], now, actor: 'system:desk', action: 'account.unlock-desk' },
        sql`select 'profile:' || profile_id from tried where wrong_pins = 0`,
      ),
      auditFoundPart(
        'mistaken',
        { ids: [ids.next()], now, actor: 'system:desk', action: 'account.wrong-pin' },
        sql`select 'profile:' || profile_id from tried where wrong_pins > 0`,
      ),
    ],
    answer: sql`(select json_build_object('isRight', wrong_pins = 0, 'wrongPins', wrong_pins) from tried)`,
  })
  if (tried === null || tried.wrongPins >= PINS_TRIED) {
    throw new ProblemError('account.session-ended', {
      detail: `PIN 错了 ${PINS_TRIED} 次，在手机上重新扫码`,
    })
  }
  if (tried.isRight) return
  throw new ProblemError('account.pin-wrong', { detail: `还能试 ${PINS_TRIED - tried.wrongPins} 次` })
}

import { sql } from 'drizzle-orm'
import { PINS_TRIED } from '#shared/domain/account/desk-session'
import { isLocked, isOpenSession } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import type { DeskDeps } from './codes'

/** Keyed: whoever has the table alone can try no PIN. */
export const pinDigestOf = ({ cipher }: Pick<DeskDeps, 'cipher'>, profileId: string, pin: string) =>
  cipher.digest(`desk-pin:${profileId}:${pin}`)

type LockDeps = Pick<DeskDeps, 'database' | 'clock' | 'cipher'>

/** Locks the desk at once; 401 for what is no open desk. */
export async function lockDesk({ database, clock }: LockDeps, tokenHash: string) {
  const now = clock.now()
  const locked =
    await database.rows(sql`update sessions s set locked_at = coalesce(s.locked_at, ${now}::timestamptz)
    where ${isOpenSession(tokenHash, now)} and s.kind = 'desk' returning s.id`)
  if (locked.length === 0) throw new ProblemError('account.session-ended')
}

/** Ends the desk, locked or not. */
export async function leaveDesk({ database, clock }: LockDeps, tokenHash: string) {
  const now = clock.now()
  const left = await database.rows(sql`update sessions s set revoked_at = ${now}::timestamptz
    where ${isOpenSession(tokenHash, now)} and s.kind = 'desk' returning s.id`)
  if (left.length === 0) throw new ProblemError('account.session-ended')
}

interface Tried {
  readonly isRight: boolean
  readonly wrongPins: number
}

/**
 * Opens a locked desk with the PIN that was chosen on the phone. The fifth wrong one in a row ends the session: 401, and
 * the phone lets it in anew.
 */
export async function unlockDesk(deps: LockDeps, tokenHash: string, pin: string) {
  const { database, clock } = deps
  const now = clock.now()
  const [desk] = await database.rows<{ profileId: string }>(
    sql`select s.profile_id as "profileId" from sessions s where ${isOpenSession(tokenHash, now)} and s.kind = 'desk'`,
  )
  if (!desk) throw new ProblemError('account.session-ended')
  const isRight = sql`s.pin_digest = ${pinDigestOf(deps, desk.profileId, pin)}`
  const [tried] = await database.rows<Tried>(sql`update sessions s set
      wrong_pins = case when ${isRight} then 0 else s.wrong_pins + 1 end,
      locked_at = case when ${isRight} then null when ${isLocked(now)} then coalesce(s.locked_at, ${now}::timestamptz) end,
      last_seen_at = case when ${isRight} then ${now}::timestamptz else s.last_seen_at end,
      revoked_at = case when not (${isRight}) and s.wrong_pins + 1 >= ${PINS_TRIED}::int then ${now}::timestamptz end
    where ${isOpenSession(tokenHash, now)} and s.kind = 'desk'
    returning wrong_pins = 0 as "isRight", wrong_pins as "wrongPins"`)
  if (!tried || tried.wrongPins >= PINS_TRIED) {
    throw new ProblemError('account.session-ended', { detail: 'PIN 错了 5 次，在手机上重新扫码' })
  }
  if (tried.isRight) return
  throw new ProblemError('account.pin-wrong', { detail: `还能试 ${PINS_TRIED - tried.wrongPins} 次` })
}

import type { CaseState } from './state'

/** What of a case says whose it is. Numbers are keyed digests. */
export interface WhoseCase {
  readonly state: Pick<CaseState, 'applicant' | 'relatives' | 'channel'>
  /** Of the number that the form gave; null where it asks for none. */
  readonly applicantIndex: string | null
  /** The profile that filed it, and who that is among staff; null while it is not known. */
  readonly filedBy: string | null
  readonly filerStaffId: string | null
}

/** Somebody who might handle it. */
export interface Handler {
  readonly staffId: string | null
  readonly profileId: string | null
  /** Of the staff registry and of the profile: an account that has typed no number has one all the same. */
  readonly numberIndexes: readonly string[]
}

/**
 * 回避 (公务员法 第76条, by knowledge): whether this person must not handle the case. Barred are who applies, who is a relative by
 * the applicant's own word, and who filed it on their own phone; whoever only typed it at a village or a window is not.
 */
export function isBarred(whose: WhoseCase, handler: Handler): boolean {
  const { state, applicantIndex, filedBy, filerStaffId } = whose
  const numbers = [applicantIndex, state.applicant?.numberIndex]
  const ownPhone = (state.channel ?? 'mini') === 'mini'
  const filed =
    (filedBy !== null && filedBy === handler.profileId) ||
    (filerStaffId !== null && filerStaffId === handler.staffId)
  return (
    numbers.some((index) => typeof index === 'string' && handler.numberIndexes.includes(index)) ||
    (handler.staffId !== null && state.relatives.includes(handler.staffId)) ||
    (ownPhone && filed)
  )
}

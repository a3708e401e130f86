import type { CaseStatus } from '../case-status'

/** Until something is decided somebody has to answer what is asked; from then on the office is done with its person. */
const NEEDS_ITS_PERSON = {
  submitted: true,
  correcting: true,
  accepted: true,
  examining: true,
  suspended: true,
  granted: false,
  refused: false,
  declined: false,
  concluded: false,
  delivered: false,
  withdrawn: false,
  terminated: false,
  revoked: false,
} as const satisfies Record<CaseStatus, boolean>

/** What an open case is to whoever wants to close their account. */
export interface Dealing {
  readonly status: CaseStatus
  /** Confirmed with its number, or with a power of its firm that holds. */
  readonly owner: boolean
  /** Filed on one's own phone, and answered from there still. */
  readonly files: boolean
  /** It has turned out to be certainly somebody else's. */
  readonly isOther: boolean
  readonly ownerTookPart: boolean
  readonly disowned: boolean
}

/**
 * A case stands in the way of closing where nobody else is there for it: one's own, and what one filed for somebody who has
 * done nothing with it. What others typed does so only once one has taken part oneself, or a stranger could keep anybody here.
 * 个人信息保护法 第15、47条
 */
export function standsInTheWay({ status, owner, files, isOther, ownerTookPart, disowned }: Dealing): boolean {
  if (!NEEDS_ITS_PERSON[status]) return false
  if (owner) return files || ownerTookPart
  return files && (disowned || !(isOther || ownerTookPart))
}

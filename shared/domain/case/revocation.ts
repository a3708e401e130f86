import { dayIn } from '../kernel/plain-date'
import type { Registry, StaffMember } from '../organization/registry'
import { citationsOf } from '../service-item/citations'
import type { ServiceItem } from '../service-item/item'
import { addWorkingDays, type Due, type WorkingCalendar } from '../time-limit/calendar'
import { APPROVER_ROLES } from './approvals'
import type { Pool } from './context'
import { REVOCATION_BASES, type Revocation, type RevocationBasis } from './revocation-state'
import type { CaseState } from './state'

export const BASIS_WORDS = {
  abuse: '工作人员滥用职权、玩忽职守作出的',
  'beyond-powers': '超越法定职权作出的',
  procedure: '违反法定程序作出的',
  unqualified: '申请人不具备申请资格，或者不符合法定条件',
  other: '依法可以撤销的其他情形',
  fraud: '申请人以欺骗、贿赂等不正当手段取得的',
} as const satisfies Record<RevocationBasis, string>

const ARTICLES = {
  abuse: '第一款第一项',
  'beyond-powers': '第一款第二项',
  procedure: '第一款第三项',
  unqualified: '第一款第四项',
  other: '第一款第五项',
  fraud: '第二款',
} as const satisfies Record<RevocationBasis, string>

const OF_GRANTS_ALONE: ReadonlySet<RevocationBasis> = new Set(['unqualified', 'fraud'])

/** What a decision of this kind can be revoked for. */
export const basesOf = (decided: 'granted' | 'refused'): readonly RevocationBasis[] =>
  REVOCATION_BASES.filter((basis) => decided === 'granted' || !OF_GRANTS_ALONE.has(basis))

export const PERMIT_REVOKED_BY = '《中华人民共和国行政许可法》第六十九条'
/** Of what is no permit no law of the state says it: the county's own rule is cited as such. */
const COUNTY_RULE = '本县公布的办件规则（决定有错的，由作出决定的机关撤销）'

/** Whether the law of permits speaks of what is revoked: 第69条 is of what was granted. */
export const isPermitGrant = ({ typeCode }: Pick<ServiceItem, 'typeCode'>, decided: 'granted' | 'refused') =>
  typeCode === '01' && decided === 'granted'

/** What a revocation rests on, as a document cites it. */
export const revokedBy = (
  item: Pick<ServiceItem, 'typeCode' | 'legalBasis'>,
  { basis, decided }: { readonly basis: RevocationBasis; readonly decided: 'granted' | 'refused' },
): readonly string[] =>
  isPermitGrant(item, decided) ? [PERMIT_REVOKED_BY + ARTICLES[basis]] : [...citationsOf(item), COUNTY_RULE]

export const openRevocation = ({ revocations = [] }: Pick<CaseState, 'revocations'>) =>
  revocations.find(({ answeredAt }) => answeredAt === null)

/** The holder is asked before anything is taken from them, and has not answered. That a refusal falls takes nothing. */
export const isAskedToSpeak = ({ decided, heard }: Pick<Revocation, 'decided' | 'heard'>) =>
  decided === 'granted' && !heard.some(({ isHolders }) => isHolders)

/** By which the last decision fell; undefined where none did. */
export const lastRevoked = ({ revocations = [] }: Pick<CaseState, 'revocations'>) =>
  revocations.filter(({ revoked }) => revoked === true).at(-1)

/** The notice has still to be served: the days to speak have not begun. */
const awaitsService = ({ toBeServed, servedOn }: Pick<Revocation, 'toBeServed' | 'servedOn'>) =>
  toBeServed === true && servedOn === undefined

/**
 * The last day to speak, counted from the notice's service, or from its message where the app reaches them. Where the year has
 * no calendar, or nothing was served, none is told and none is over.
 */
export const speakUntil = (
  open: Pick<Revocation, 'proposedAt' | 'speakDays' | 'toBeServed' | 'servedOn'>,
  calendar: WorkingCalendar,
): Due | { readonly kind: 'unserved' } =>
  awaitsService(open)
    ? { kind: 'unserved' }
    : addWorkingDays(calendar, open.servedOn ?? dayIn(open.proposedAt), open.speakDays)

/** A decision stands that can be corrected or revoked: what is disowned or ended without one has none. */
export const standingDecision = ({ decision, endedAt, status }: CaseState) =>
  decision !== null && (endedAt === null || status === 'delivered') ? decision : null

/**
 * Whose it is to revoke what `organUnitId` decided: its own approvers, and those of the county's government where it has none
 * or somebody above it proposed it (行政许可法 第69条). Empty where nobody is there who may handle the case.
 */
export function revokersFor(
  registry: Registry,
  { organUnitId }: Pick<CaseState, 'organUnitId'>,
  isFromAbove: boolean,
  isBarred: (member: StaffMember) => boolean,
): readonly Pool[] {
  const isHeld = ({ role, unitId }: Pool) =>
    registry.holders(role, unitId).some((member) => !isBarred(member))
  const own = APPROVER_ROLES.map((role): Pool => ({ role, unitId: organUnitId })).filter(isHeld)
  const above = [...registry.units.keys()]
    .map((unitId): Pool => ({ role: 'county-approver', unitId }))
    .filter(isHeld)
  const [first, second] = isFromAbove ? [above, own] : [own, above]
  return first.length > 0 ? first : second
}

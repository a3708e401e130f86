import { remedyText } from '../../organization/deciding-unit'
import type { Unit } from '../../organization/registry'
import { signatureOf } from '../../organization/signature'
import type { ServiceItem } from '../../service-item/item'
import { isRecord } from '../../service-item/record'
import type { CaseEvent, CaseEventType } from '../events'
import { joinsDecisions, ownDecision } from '../parallel/share-decisions'
import { CERTIFICATE, isCertified } from '../result/certificate'
import { isPaying } from '../result/payout'
import { isPartAlone, stepOf } from '../route'
import type { CaseState } from '../state'

/** A permit is granted and refused by documents of its own (行政许可法 第38、39条). */
export function decisionKind(decision: 'grant' | 'refuse', item: Pick<ServiceItem, 'typeCode' | 'steps'>) {
  if (joinsDecisions(item)) return PACKET
  if (item.typeCode === '01') return decision
  return decision === 'grant' ? 'confirm' : 'deny'
}

/** Whether it is the document of a grant. */
export const isGrantKind = (kind: string) => kind === 'grant' || kind === 'confirm'

/** What several organs have decided, handed over together: it decides nothing itself, and nobody objects to it. 行政许可法 第26条 */
export const PACKET = 'packet'

/** The paper of what ended without a decision. */
const TERMINATION = 'termination'

const OWN = { passed: 'own-grant', failed: 'own-refuse' } as const

/** The document of what one of several organs decided of its own part. */
export const ownDecisionKind = (isGranted: boolean) => OWN[isGranted ? 'passed' : 'failed']

export const isOwnDecisionKind = (kind: string) => kind === OWN.passed || kind === OWN.failed

/** What one of them puts right in its own document. */
export const OWN_AMENDMENT = 'own-amendment'

/** Whether it is the document of a grant or a refusal, or what joins those of several organs. */
export const isDecisionKind = (kind: string) =>
  isGrantKind(kind) || kind === 'refuse' || kind === 'deny' || kind === PACKET

/** What was decided against somebody. */
const isAgainst = (kind: string) =>
  kind === 'decline' || kind === TERMINATION || kind === 'refuse' || kind === 'deny' || kind === OWN.failed

/** What a document of this kind says of where one may object to it: to all of a refusal, to the amount of what is paid. */
export function remedyOn(
  kind: string,
  item: ServiceItem,
  unit: Unit | undefined,
  { organUnitId, decision }: Where & Partial<Pick<CaseState, 'decision'>>,
): string | null {
  // A refusal that fell is decided anew: nothing was taken from anybody.
  if (kind === 'revocation')
    return decision || joinsDecisions(item) ? remedyText(item, unit, organUnitId) : null
  if (isAgainst(kind) || kind === 'revocation-withdrawn') return remedyText(item, unit, organUnitId)
  return isGrantKind(kind) && isPaying(item) ? remedyText(item, unit, organUnitId, 'amount') : null
}

type KindOf<Type extends CaseEventType> = (
  item: ServiceItem,
  event: Extract<CaseEvent, { type: Type }>,
  state: Pick<CaseState, 'decision'>,
) => string | null

/** The documents of the law, by the events that issue them; whatever is named here has its words in `issued-words.ts`. */
const DOCUMENT_OF = {
  accepted: () => 'acceptance',
  declined: () => 'decline',
  terminated: (_item, event) => (event.toldBy === undefined ? null : TERMINATION),
  examined: (_item, event) => (event.isDecision ? ownDecisionKind(event.outcome === 'passed') : null),
  'correction-requested': () => 'correction',
  granted: (item) => decisionKind('grant', item),
  refused: (item) => decisionKind('refuse', item),
  // What one department stops that gives an opinion alone stops nothing that the applicant was told. 行政许可法 第45条
  'clock-suspended': (item, event) =>
    isPartAlone(item, event) && ownDecision(item, event) === undefined ? null : 'suspension',
  'limit-extended': () => 'extension',
  'notice-published': () => 'publicity',
  concluded: (item, _event, state) => (isCertified(item, state) ? CERTIFICATE : null),
  delivered: () => 'service',
  served: () => 'service',
  'decision-corrected': (item) => (joinsDecisions(item) ? OWN_AMENDMENT : 'amendment'),
  'visit-signed': (_item, event) => (event.completes ? 'visit-record' : null),
  'revocation-proposed': () => 'revocation-notice',
  'decision-revoked': () => 'revocation',
  'decision-kept': (_item, event) =>
    event.unheard === undefined ? 'revocation-kept' : 'revocation-withdrawn',
} as const satisfies { readonly [Type in CaseEventType]?: KindOf<Type> }

/** An event that may issue a document. */
export type IssuingEvent = Extract<CaseEvent, { type: keyof typeof DOCUMENT_OF }>

export const isIssuing = (event: CaseEvent): event is IssuingEvent => event.type in DOCUMENT_OF

/**
 * The document of the law that an event issues, as the pack's `document-kinds.json` names it; null where it issues none.
 * `state`: after it.
 */
export function documentKindOf(
  event: CaseEvent,
  item: ServiceItem,
  state: Pick<CaseState, 'decision'>,
): string | null {
  if (!isIssuing(event)) return null
  const kindOf: KindOf<never> = DOCUMENT_OF[event.type]
  return kindOf(item, event as never, state)
}

/**
 * What the organ that decides issues, at whichever step: its decision, the longer time for it (行政许可法 第42条), that it was
 * served, the certificate, and what becomes of it afterwards. All else is issued where the step is.
 */
const OF_WHO_DECIDES: ReadonlySet<string> = new Set([
  'extension',
  'service',
  CERTIFICATE,
  'amendment',
  'revocation-notice',
  'revocation',
  'revocation-kept',
  'revocation-withdrawn',
])
const isOfWhoDecides = (kind: string) => isDecisionKind(kind) || OF_WHO_DECIDES.has(kind)

type Where = Pick<CaseState, 'organUnitId'>
type Units = ReadonlyMap<string, Unit>

/**
 * The organ that a unit acts as. A village is none (村民委员会组织法 第2条): what it issues is that of the organ that decides,
 * where what is said against it is heard.
 */
const organOf = (unitId: string, { organUnitId }: Where, units: Units): string =>
  units.get(unitId)?.kind === 'village' ? organUnitId : unitId

/** What becomes of a decision is issued by whoever made it: of several organs each of its own. */
const OF_A_DECISION: ReadonlySet<string> = new Set([
  'revocation-notice',
  'revocation',
  'revocation-kept',
  'revocation-withdrawn',
])

/** The organ that issues a document of this kind at a unit, from whose counter its number comes; `unitId` null at none. */
export const issuingOrgan = (kind: string, unitId: string | null, state: Where, units: Units): string =>
  unitId === null || (isOfWhoDecides(kind) && !OF_A_DECISION.has(kind))
    ? state.organUnitId
    : organOf(unitId, state, units)

/** In whose name a case is decided: the organ's own, or the one in whose name the law has it decide. */
function decidedInName(item: ServiceItem, { decision, organUnitId }: Deciding, units: Units) {
  const key = decision?.stepKey ?? item.steps.find(({ decides }) => decides)?.key
  const { decidedInNameOf } = key === undefined ? { decidedInNameOf: null } : stepOf(item, key)
  return decidedInNameOf ?? signatureOf(organUnitId, units)
}

type Deciding = Pick<CaseState, 'decision' | 'organUnitId'>

/** How a document is signed that `organId` issues, as `issuingOrgan` says which. */
export const signedBy = (
  kind: string,
  organId: string,
  { item, state }: { readonly item: ServiceItem; readonly state: Deciding },
  units: Units,
): string =>
  isOfWhoDecides(kind) && organId === state.organUnitId
    ? decidedInName(item, state, units)
    : signatureOf(organId, units)

/** Of 备案, which is no permit and no grant. */
const RECORD_TITLES: ReadonlyMap<string, string> = new Map([
  ['confirm', '备案通知书'],
  ['deny', '不予备案通知书'],
])

/** What a document is called: that of a grant may be the result itself, any other as the pack names its kind. */
export const documentTitle = (
  kind: string,
  { resultDocument, name }: Pick<ServiceItem, 'resultDocument' | 'name'>,
  nameOf: (kind: string) => string,
): string =>
  RECORD_TITLES.get(isRecord({ name }) ? kind : '') ??
  (kind === CERTIFICATE || kind === PACKET || (isGrantKind(kind) && resultDocument.kind === 'decision')
    ? resultDocument.title
    : nameOf(kind))

/** Orders between offices, of which no applicant is told. */
const STAFF_ONLY: ReadonlySet<string> = new Set(['supervision'])
export const isForApplicant = (kind: string) => !STAFF_ONLY.has(kind)

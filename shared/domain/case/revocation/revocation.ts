import { dayIn, type PlainDate } from '../../kernel/plain-date'
import { citationsOf } from '../../service-item/citations'
import type { ServiceItem } from '../../service-item/item'
import { addWorkingDays, type Due, type WorkingCalendar } from '../../time-limit/calendar'
import type { CaseActor, Pool } from '../context'
import { joinsDecisions } from '../parallel/share-decisions'
import type { CaseState, StepTarget } from '../state'
import {
  type Advice,
  type Adviser,
  REVOCATION_BASES,
  type Revocation,
  type RevocationBasis,
  type Statement,
} from './revocation-state'

export const BASIS_WORDS = {
  abuse: '工作人员滥用职权、玩忽职守作出的',
  'beyond-powers': '超越法定职权作出的',
  procedure: '违反法定程序作出的',
  unqualified: '申请人不具备申请资格，或者不符合法定条件',
  other: '依法可以撤销的其他情形',
  fraud: '申请人以欺骗、贿赂等不正当手段取得的',
} as const satisfies Record<RevocationBasis, string>

/** 行政许可法 第60条: who is above an organ looks after it, and has it put right what is wrong. */
export const ADVISED_WORDS = {
  supervisor: '督查建议撤销',
  government: '县政府责令重新审查',
} as const satisfies Record<Adviser, string>

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
export const isPermitGrant = (item: PermitItem, decided: 'granted' | 'refused') =>
  (item.typeCode === '01' || joinsDecisions(item)) && decided === 'granted'

/** What several organs decide each for itself are permits, whatever the project is called that joins them. */
type PermitItem = Pick<ServiceItem, 'typeCode' | 'steps'>

/** What a revocation rests on, as a document cites it. */
export const revokedBy = (
  item: PermitItem & Pick<ServiceItem, 'legalBasis'>,
  { basis, decided }: { readonly basis: RevocationBasis; readonly decided: 'granted' | 'refused' },
): readonly string[] =>
  isPermitGrant(item, decided) ? [PERMIT_REVOKED_BY + ARTICLES[basis]] : [...citationsOf(item), COUNTY_RULE]

export const openRevocation = ({ revocations = [] }: Pick<CaseState, 'revocations'>) =>
  revocations.find(({ answeredAt }) => answeredAt === null)

type Hearing = Pick<Revocation, 'decided' | 'heard' | 'toBeServed'>

/** Where the notice has to be served on them, whoever filed it says nothing in their place: no one's phone is theirs. */
export const isHoldersWord = (
  { toBeServed }: Pick<Hearing, 'toBeServed'>,
  { by, isHolders }: Pick<Statement, 'by' | 'isHolders'>,
) => isHolders === true && (by === 'owner' || toBeServed !== true)

/** The holder is asked before anything is taken from them, and has not answered. That a refusal falls takes nothing. */
export const isAskedToSpeak = (open: Hearing) =>
  open.decided === 'granted' && !open.heard.some((said) => isHoldersWord(open, said))

/**
 * The last that the holder's side has said is that nothing more comes: they are waited for no longer. Whatever is said after it,
 * on a phone or at a counter, takes that back; what a helper says is none of it.
 */
export function hasSaidAll(open: Hearing) {
  const last = open.heard.filter((said) => said.by !== 'filer' || said.isHolders === true).at(-1)
  return last?.isAll === true && (last.by === 'owner' || open.toBeServed !== true)
}

/** What was taken back since nobody had been heard was not weighed. */
const isKept = ({ revoked, unheardSince }: Revocation) => revoked === false && unheardSince === undefined

/** It was weighed and kept: whoever holds it for wrong once more says what has been found since. `of`: of one of several organs. */
export const wasKept = ({ revocations = [] }: Pick<CaseState, 'revocations'>, of?: StepTarget) =>
  revocations.some((each) => isKept(each) && each.of?.unitId === of?.unitId)

/** Why it was to fall when it was kept: of one of several organs its own alone. Digests. */
export const keptReasons = ({ revocations = [] }: Pick<CaseState, 'revocations'>, of?: StepTarget) =>
  revocations
    .filter((each) => isKept(each) && each.of?.unitId === of?.unitId)
    .flatMap(({ reasonDigest, newFactDigest }) => [reasonDigest, ...(newFactDigest ? [newFactDigest] : [])])

/** The last one that was weighed and not followed; undefined where none was. */
export const lastKept = ({ revocations = [] }: Pick<CaseState, 'revocations'>) =>
  revocations.filter(isKept).at(-1)

/** By which the last decision fell; undefined where none did. */
export const lastRevoked = ({ revocations = [] }: Pick<CaseState, 'revocations'>) =>
  revocations.filter(({ revoked }) => revoked === true).at(-1)

/** The notice has still to be served: the days to speak have not begun. */
export const awaitsService = ({ toBeServed, servedOn }: Pick<Revocation, 'toBeServed' | 'servedOn'>) =>
  toBeServed === true && servedOn === undefined

/**
 * The last day to speak, counted from the notice's service, or from its message where the app reaches them; never before the
 * one that was told. Where the year has no calendar and none was told, it was served later than told, or nothing was served, none
 * is over.
 */
export function speakUntil(
  open: Pick<Revocation, 'proposedAt' | 'speakDays' | 'speakUntil' | 'toBeServed' | 'servedOn'>,
  calendar: WorkingCalendar,
): Due | { readonly kind: 'unserved' } {
  if (awaitsService(open)) return { kind: 'unserved' }
  const { speakUntil: told } = open
  const due = addWorkingDays(calendar, open.servedOn ?? dayIn(open.proposedAt), open.speakDays)
  if (told === undefined || (due.kind === 'on' && due.on >= told)) return due
  return isServedLate(open) && due.kind !== 'on' ? due : { kind: 'on', on: told }
}

/** It came into their hand after the message: its full days run from then, and the told day holds none of them. */
export const isServedLate = ({ servedOn, proposedAt }: Pick<Revocation, 'servedOn' | 'proposedAt'>) =>
  servedOn !== undefined && servedOn > dayIn(proposedAt)

/** What an event tells of it: the last day to speak, where another one was told or none; nothing where it holds. */
export function speakUntilOf(
  state: Pick<CaseState, 'revocations'>,
  calendar: WorkingCalendar,
): { readonly speakUntil?: PlainDate } {
  const open = openRevocation(state)
  const due = open?.decided === 'granted' ? speakUntil(open, calendar) : undefined
  return due?.kind === 'on' && due.on !== open?.speakUntil ? { speakUntil: due.on } : {}
}

/** A decision stands that can be corrected or revoked: what is disowned or ended without one has none. */
export const standingDecision = (state: CaseState) => (mayStillChange(state) ? state.decision : null)

/** It goes on, or was handed over. */
export const mayStillChange = ({ endedAt, status }: Pick<CaseState, 'endedAt' | 'status'>) =>
  endedAt === null || status === 'delivered'

/** What is proposed of a decision that stands; undefined where nothing is. */
export function openHearing(state: CaseState): Revocation | undefined {
  const open = openRevocation(state)
  if (!open?.of) return standingDecision(state) === null ? undefined : open
  return mayStillChange(state) ? open : undefined
}

/** What is asked from above and was not answered: an order before what is only suggested. */
export function openAdvices({ advice = [] }: Pick<CaseState, 'advice'>): readonly Advice[] {
  const open = advice.filter(({ answeredAt }) => answeredAt === null)
  return [...open.filter(({ by }) => by === 'government'), ...open.filter(({ by }) => by !== 'government')]
}

export const isAskedOf = ({ answerers }: Pick<Advice, 'answerers'>, { role, unitId }: Pool) =>
  answerers.some((each) => each.role === role && each.unitId === unitId)

const askedOf = (state: Pick<CaseState, 'advice'>, actor: CaseActor) =>
  openAdvices(state).filter(
    (advice) => actor.kind === 'staff' && actor.pools.some((pool) => isAskedOf(advice, pool)),
  )

/** What the actor may decline: an order is declined by nobody, nor what was only suggested of the same. */
function declinable(asked: readonly Advice[]) {
  const ordered = asked.flatMap(({ by, of }) => (by === 'government' ? [of?.unitId] : []))
  return asked.filter(({ of }) => !ordered.includes(of?.unitId))
}

/** Whether the actor could mean the advice about several shares, and has named none. */
export const isAdviceUnnamed = (state: Pick<CaseState, 'advice'>, actor: CaseActor, unitId?: string) =>
  unitId === undefined && new Set(declinable(askedOf(state, actor)).map(({ of }) => of?.unitId)).size > 1

/**
 * What of it the actor declines: of the share that they name, else what may be declined, else what is ordered; undefined where
 * nothing is asked of them.
 */
export function adviceToDecline(state: Pick<CaseState, 'advice'>, actor: CaseActor, unitId?: string) {
  const asked = askedOf(state, actor).filter(
    ({ of }) => unitId === undefined || of === undefined || of.unitId === unitId,
  )
  return declinable(asked)[0] ?? asked[0]
}

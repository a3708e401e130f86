import type { CaseView } from '#shared/contract/case'
import type { CaseActor, CaseContext, Pool } from '#shared/domain/case/context'
import { marksOf } from '#shared/domain/case/paper/document-marks'
import { decidedShareAt, kindAtHand, ownShareFor } from '#shared/domain/case/parallel/own-share'
import { decidedShares, joinsDecisions } from '#shared/domain/case/parallel/share-decisions'
import { isHeldBack } from '#shared/domain/case/result/payout'
import { whyNotAfter } from '#shared/domain/case/revocation/after-decision'
import {
  AFTER_DECISION,
  type AfterDecision,
  BEGUN_ACTS,
} from '#shared/domain/case/revocation/after-decision-who'
import type { Stands } from '#shared/domain/case/revocation/own-decision'
import {
  ADVISED_WORDS,
  BASIS_WORDS,
  basesOf,
  isAskedToSpeak,
  mayStillChange,
  openAdvices,
  openHearing,
  openRevocation,
  revokedBy,
  speakUntil,
  standingDecision,
  wasKept,
} from '#shared/domain/case/revocation/revocation'
import type { Advice, Revocation } from '#shared/domain/case/revocation/revocation-state'
import { settleDue, settlingsOf } from '#shared/domain/case/revocation/settling'
import { isOwnDecision } from '#shared/domain/case/revocation/signer'
import { mayHoldSlip } from '#shared/domain/case/revocation/slip'
import { maySayAll, maySpeak } from '#shared/domain/case/revocation/speaking'
import { toTakeBack } from '#shared/domain/case/revocation/unheard'
import { dayWords } from '#shared/domain/kernel/day-words'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { organName, unitName } from '#shared/domain/organization/registry'
import { speakDaysOf } from '../county-days'
import { namedNow, signedPaper } from '../documents/signed-paper'
import { isWithheldStatement, type Subject, textOf } from './subject'

type Staff = NonNullable<CaseView['staff']>

function untilOf({ reference, state }: Pick<Subject, 'reference' | 'state'>) {
  const open = openRevocation(state)
  const until = open?.decided === 'granted' ? speakUntil(open, reference.calendar) : undefined
  return until?.kind === 'on' ? until.on : null
}

/** Of several organs that decide each its own part, whose decision it is. */
function ownOf({ item, state, reference }: Subject, { of }: Pick<Revocation, 'of'>) {
  const own = of && decidedShareAt(item, state, of)
  return own ? { unitName: unitName(reference, own.unitId), name: own.name } : null
}

/** That the decision is to be revoked, as long as nothing came of it: to whom it is, and to staff. */
export function revocationOf(
  subject: Subject,
  actor: CaseActor | null,
): NonNullable<CaseView['revocation']> | null {
  const { state, item, caseRow, viewer } = subject
  const open = openHearing(state)
  if (!open) return null
  const { basis, decided, heard, proposedAt, reasonDigest, speakDays } = open
  return {
    proposedOn: dayIn(proposedAt),
    own: ownOf(subject, open),
    ground: BASIS_WORDS[basis],
    cited: revokedBy(item, { basis, decided }).join('、'),
    reason: textOf(subject, reasonDigest),
    speakUntil: untilOf(subject),
    speakDays,
    isHeldBack: isHeldBack(item, state),
    ofRefusal: decided === 'refused',
    statements: heard.map(({ at, statementDigest }) => ({
      on: dayIn(at),
      words: textOf(subject, statementDigest),
      isWithheld: isWithheldStatement(subject, statementDigest),
    })),
    isAsked: isAskedToSpeak(open),
    documentId: caseRow.documents.findLast(({ kind }) => kind === 'revocation-notice')?.id ?? null,
    maySpeak: viewer === 'applicant' && maySpeak(state, actor),
    maySayAll: viewer === 'applicant' && maySayAll(state, actor),
  }
}

/** Who signed it says not that it stands: another does. */
function leavesToAnother(
  { item, state }: Subject,
  context: CaseContext,
  advice: Advice | undefined,
  unitId: string | undefined,
) {
  const isOthers = (action: Stands) =>
    whyNotAfter(item, state, action, context, unitId)?.code === 'case.own-decision'
  const code = advice && whyNotAfter(item, state, 'decline-advice', context, unitId)?.code
  if (code === 'case.own-advice') return '重新审查是自己提的，不撤销要另一个人来答复'
  if (isOthers('keep-decision')) return '决定是自己签的，不撤销要另一个人来定'
  return advice && isOthers('decline-advice')
    ? '决定是自己签的，不撤销要另一个人来答复；查出有错的，自己能提撤销'
    : null
}

/** Where what is begun, or waits, nobody of the organ could settle: what the reader could do about it is the administrator's. */
function missesAnother({ item, state }: Subject, context: CaseContext, unitId: string | undefined) {
  const isMissing = (action: (typeof BEGUN_ACTS)[number]) =>
    whyNotAfter(item, state, action, context, unitId)?.code === 'case.revoker-missing'
  if (openAdvices(state).length > 0 && isMissing('propose-revocation'))
    return '本单位没有第二个人能定撤不撤，要请管理员安排'
  if (isMissing('advise-revocation')) return '作决定的单位没有人能定撤不撤，先请管理员安排'
  const open = openRevocation(state)
  const isTheirs = unitId === undefined || !open?.of || open.of.unitId === unitId
  const isAsked = open?.nobody && isTheirs && open.deciders.some(isOf(context))
  return isAsked ? '本单位没有别人能定，已经请管理员安排' : null
}

/** Why whoever decides on it waits: the reason of the same check that refuses the act. */
function waitsBecause(subject: Subject, context: CaseContext) {
  const { item, state, now } = subject
  const code = openRevocation(state) && whyNotAfter(item, state, 'revoke-decision', context)?.code
  if (code === 'case.own-proposal') return '自己提的，要另一个人来定'
  if (code === 'case.revocation-unserved') return '上一份决定书还没送到申请人手里，送到了再办这一份'
  if (code === 'case.own-record') return '申请人的话是自己记的，要另一个人来定'
  if (code === 'case.hearing-unserved') return '告知书还没送到申请人手里，从送到那天数陈述、申辩的日子'
  if (code === 'case.hearing-undated')
    return '放假安排没公布，最后一天定不下来：等公布了，或者申请人在手机上说已经说完，再撤销'
  if (code !== 'case.hearing-open') return null
  const until = untilOf(subject)
  return until === null
    ? null
    : `等申请人陈述、申辩，到 ${dayWords(until, dayIn(now))}；在手机上说已经说完了，就能早定`
}

/** Of several organs one revokes at a time: what another is asked from above has its turn then, and its days with it. */
function waitsForAnother({ state, reference }: Subject, advice: Advice | undefined, context: CaseContext) {
  const open = openRevocation(state)?.of
  if (!open || !advice?.of || advice.of.unitId === open.unitId || !advice.answerers.some(isOf(context)))
    return null
  return `${unitName(reference, open.unitId)}正在定撤不撤它自己批的那一样，同一时间只定一样：它定了，就轮到这一样`
}

/** Of what is asked from above where they have to do with it, else of what is to be revoked. */
function settleBy(
  { state, reference }: Subject,
  advice: Advice | undefined,
  unheard: Revocation | undefined,
) {
  const settling = settlingsOf(state).find(({ of, unitId }) => {
    if (unheard) return of === 'unheard' && (!unheard.of || unheard.of.unitId === unitId)
    if (!advice) return of === 'revocation'
    return (of === 'proposal' || of === 'order') && (!advice.of || advice.of.unitId === unitId)
  })
  const due = settling && settleDue(state, settling, reference.calendar)
  return due?.kind === 'on' ? due.on : null
}

const isOf =
  ({ actor }: Pick<CaseContext, 'actor'>) =>
  ({ role, unitId }: Pool) =>
    actor.kind === 'staff' && actor.pools.some((pool) => pool.role === role && pool.unitId === unitId)

/** What one of several organs is asked is that organ's and theirs who ask it, and no other organ's. */
const adviceToRead = ({ state }: Subject, context: CaseContext, unitId?: string): Advice | undefined =>
  openAdvices(state).find(
    (advice) =>
      !advice.of ||
      (mayStillChange(state) &&
        (unitId === undefined || advice.of.unitId === unitId) &&
        [...advice.answerers, advice.from].some(isOf(context))),
  )

function adviceOf(
  subject: Subject,
  advice: Advice | undefined,
): NonNullable<Staff['afterDecision']>['advice'] {
  if (!advice) return null
  const { at, by, basis, reasonDigest } = advice
  return {
    on: dayIn(at),
    title: ADVISED_WORDS[by],
    own: ownOf(subject, advice),
    ground: BASIS_WORDS[basis],
    reason: textOf(subject, reasonDigest),
  }
}

/** The paper bears another name than the confirmed one, or than the case has come to bear since. */
function isMisnamed({ caseRow, item, cipher, read, content }: Subject, actor: CaseActor, unitId?: string) {
  const paper = signedPaper({ caseRow, item, cipher, texts: read.texts }, actor, unitId)
  if (!paper || paper.holder === null) return false
  if (caseRow.misnamed.length > 0) return true
  const confirmed = caseRow.otherFirmName ?? namedNow(item, paper, content)
  return confirmed !== null && confirmed !== paper.holder
}

/** Of what several organs decided each paper is its own: whether it may hold a slip is asked of it. */
function mayHoldSlipOf(subject: Subject, { actor }: CaseContext, unitId?: string) {
  const { item, state } = subject
  const own = ownShareFor(item, state, 'correct-decision', actor, unitId)
  if (!own && !standingDecision(state)) return false
  const misnamed = isMisnamed(subject, actor, unitId)
  return mayHoldSlip(kindAtHand(state, own), misnamed) && (misnamed || !isOwnDecision(state, own, actor))
}

const mayBegin = (
  subject: Subject,
  action: (typeof BEGUN_ACTS)[number],
  context: CaseContext,
  unitId?: string,
) =>
  (action !== 'correct-decision' || mayHoldSlipOf(subject, context, unitId)) &&
  whyNotAfter(subject.item, subject.state, action, context, unitId) === null

/** Of several organs, of which decision they may begin what. */
const decisionsOf = (subject: Subject, context: CaseContext) => {
  const { item, state, reference } = subject
  if (!joinsDecisions(item)) return []
  return decidedShares(item, state).flatMap((share) => {
    const { unitId, name } = share
    const acts = BEGUN_ACTS.filter((action) => mayBegin(subject, action, context, unitId))
    const asksNewFact = wasKept(state, share)
    return acts.length === 0
      ? []
      : [{ unitId, unitName: unitName(reference, unitId), name, acts, asksNewFact }]
  })
}

const isBegun = (action: AfterDecision): action is (typeof BEGUN_ACTS)[number] =>
  BEGUN_ACTS.some((each) => each === action)

const joinedWords = (...words: readonly (string | null)[]) =>
  words.filter((each) => each !== null).join('；') || null

/** `unitId`: of one of the reader's departments alone. `isOthers`: what is proposed is of none of theirs. */
function waitingAt(
  subject: Subject,
  context: CaseContext,
  decisions: ReturnType<typeof decisionsOf>,
  { unitId, isOthers = false }: { readonly unitId?: string; readonly isOthers?: boolean } = {},
) {
  const { item, state } = subject
  // What the holder says of another's is written down under no department's name.
  const nameOf = (action: AfterDecision) => (isOthers && action === 'record-statement' ? undefined : unitId)
  const isOfIt = ({ unitId: of }: { readonly unitId: string }, action: AfterDecision) =>
    unitId === undefined || of === unitId || action === 'advise-revocation'
  const may = (action: AfterDecision) =>
    isBegun(action)
      ? joinsDecisions(item)
        ? decisions.some((share) => isOfIt(share, action) && share.acts.includes(action))
        : mayBegin(subject, action, context)
      : whyNotAfter(item, state, action, context, nameOf(action)) === null
  const advice = adviceToRead(subject, context, unitId)
  const of = openRevocation(state)?.of?.unitId
  const isAnothers = unitId !== undefined && of !== unitId
  const unheard = toTakeBack(state, context.actor, unitId)
  return {
    allowed: AFTER_DECISION.filter(may),
    settleBy: isAnothers && !advice && !unheard ? null : settleBy(subject, advice, unheard),
    ...(unheard ? { unheard: true } : {}),
    advice: adviceOf(subject, advice),
    waitsBecause: joinedWords(
      leavesToAnother(subject, context, advice, unitId),
      missesAnother(subject, context, unitId),
      (isAnothers ? null : waitsBecause(subject, context)) ?? waitsForAnother(subject, advice, context),
    ),
  }
}

/**
 * Of several departments that the reader works in, what waits at each, also where one has still to decide: one acts in the name of one
 * at a time.
 */
function sharesOf(subject: Subject, context: CaseContext, decisions: ReturnType<typeof decisionsOf>) {
  const { item, state, reference } = subject
  const { actor } = context
  if (actor.kind !== 'staff' || !joinsDecisions(item)) return []
  const theirs = actor.pools.map(({ unitId }) => unitId)
  const parts = state.steps.flatMap((step) => step.parts.map(({ unitId }) => unitId))
  const own = [...new Set(parts)].filter((unitId) => theirs.includes(unitId))
  const open = openRevocation(state)?.of?.unitId
  const isOthers = open !== undefined && !own.includes(open)
  return own.map((unitId) => ({
    unitId,
    shortName: organName(reference, unitId),
    isOpen: open === undefined || open === unitId || isOthers,
    ...(isOthers ? { isOthers } : {}),
    ...waitingAt(subject, context, decisions, { unitId, isOthers }),
  }))
}

/** What staff may do with the signed decision now; nothing where none stands. */
export function afterDecisionOf(
  subject: Subject,
  context: CaseContext,
): NonNullable<Staff['afterDecision']> | null {
  const { item, state, reference } = subject
  const decision = standingDecision(state)
  const own = ownShareFor(item, state, 'propose-revocation', context.actor)
  const decisions = decisionsOf(subject, context)
  const whole = waitingAt(subject, context, decisions)
  if (decision === null && whole.allowed.length === 0 && !whole.advice && whole.waitsBecause === null)
    return null
  const kind = kindAtHand(state, own)
  const shares = sharesOf(subject, context, decisions)
  return {
    ...whole,
    ...(shares.length > 1 ? { shares } : {}),
    bases: basesOf(kind).map((basis) => ({
      basis,
      label: BASIS_WORDS[basis],
      cited: revokedBy(item, { basis, decided: kind }).join('、'),
    })),
    decisions,
    asksNewFact: wasKept(state, own),
    speakDays: speakDaysOf(reference),
  }
}

const MARK_WORDS = { revoked: '已撤销', corrected: '已更正' } as const

/** Of a document of the case: how it is marked, in words, and by which document. */
export function markOf(
  { caseRow }: Pick<Subject, 'caseRow'>,
  id: string,
): CaseView['documents'][number]['mark'] {
  const found = (by: string) => caseRow.documents.find((each) => each.id === by)
  const renamed = caseRow.state.nameCorrectedAt ?? []
  const marks = marksOf(caseRow.documents, id, ({ issuedAt }) => renamed.includes(issuedAt))
  const last = marks.find(({ kind }) => kind === 'revoked') ?? marks.at(-1)
  if (!last) return null
  const same = marks.filter(({ kind }) => kind === last.kind)
  const isTakenBack = found(last.by)?.kind === 'revocation-withdrawn'
  const said = isTakenBack ? '已收回' : MARK_WORDS[last.kind]
  return {
    kind: last.kind,
    words: `${said}，见${same.map(({ by }) => found(by)?.documentNumber ?? '').join('、')}`,
    documentId: last.by,
  }
}

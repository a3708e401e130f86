import type { AfterDecisionBody, DraftedPapers, SpeakOnCase } from '#shared/contract/after-decision'
import { decidedBy, ownShareFor, shareMeant } from '#shared/domain/case/parallel/own-share'
import { joinsDecisions } from '#shared/domain/case/parallel/share-decisions'
import type { AfterDecisionCommand } from '#shared/domain/case/revocation/after-decision-command'
import { basesOf, keptReasons } from '#shared/domain/case/revocation/revocation'
import { saysTheSame } from '#shared/domain/case/revocation/same-reason'
import { settlersBeside } from '#shared/domain/case/revocation/settlers'
import { isHoldersName, type SlipFault, slipFault } from '#shared/domain/case/revocation/slip'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import { settleDaysOf, speakDaysOf } from '../county-days'
import type { CaseDeps } from '../deps'
import { handlersIn } from '../lists/signers'
import { brakeDrafts } from '../route-parts'
import { type CaseText, openContent, openText, sealText } from '../texts'
import { subjectOf } from '../views/case-view'
import { papersOfEvents } from '../views/drafted-papers'
import { createFindCase } from '../views/read-case'
import { confirmedAs } from '../whose/named-as'
import { areSeatsLeft } from './seats-left'
import { slipPaperOf } from './slip-paper'
import { type Answered, type CaseAtHand, type CaseRequest, type Prepared, rehearse, runVerb } from './verb'

type Seal = (words: string) => string

/** One act of staff on a decision that was signed: 409 where none stands, 403 for who neither made it nor revokes it. */
export const createAfterDecision =
  (deps: CaseDeps) =>
  (request: CaseRequest, body: AfterDecisionBody): Promise<Answered> =>
    done(deps, request, body, false).catch((cause) => {
      // A refusal that was wrong falls, and what was revoked unheard stands again, whoever has come by its half day since: the applicant books another.
      const isFull = cause instanceof ProblemError && cause.code === 'application.slot-full'
      if (!isFull || (body.action !== 'revoke-decision' && body.action !== 'keep-decision')) throw cause
      return done(deps, request, body, true)
    })

const done = (deps: CaseDeps, request: CaseRequest, body: AfterDecisionBody, seatsGone: boolean) =>
  runVerb(deps, request, body.version, (atHand) => preparedOf(deps, atHand, body, seatsGone))

async function preparedOf(
  deps: CaseDeps,
  atHand: CaseAtHand,
  body: AfterDecisionBody,
  seatsGone: boolean,
): Promise<Prepared> {
  if (atHand.viewer !== 'staff') throw new ProblemError('case.not-your-task')
  const texts: CaseText[] = []
  const seal: Seal = (words) => {
    const sealed = sealText(deps.cipher, atHand.caseRow.id, 'reason', words)
    texts.push(sealed)
    return sealed.digest
  }
  if (body.action === 'correct-decision') {
    const { command, named } = await correctionOf(deps, atHand, body, seal)
    return { ...named, command, texts: [...texts, ...named.texts], reasonDigest: command.reasonDigest }
  }
  const command = commandOf(deps, atHand, body, { seal, seatsGone })
  return {
    command,
    texts,
    reasonDigest: 'reasonDigest' in command ? command.reasonDigest : null,
    ...(body.action === 'record-statement' ? { brake: statementBrake(deps, atHand, 'recorded') } : {}),
  }
}

/** What the act would issue as it is written, to be read before it is signed: refused as the act itself is, and writes nothing. */
export const createPapersOfAct = (deps: CaseDeps) => {
  const findCase = createFindCase(deps)
  return async (request: CaseRequest, body: AfterDecisionBody): Promise<DraftedPapers> => {
    const rehearsed = (seatsGone: boolean) =>
      rehearse(deps, request, body.version, async (each) => {
        if (!seatsGone) await brakeDrafts(deps, each.principal)
        return preparedOf(deps, each, body, seatsGone)
      })
    const first = await rehearsed(false)
    const isKept = await areSeatsLeft(deps, first.atHand, first.events)
    // As the act does where the half day is another's by now.
    const { atHand, prepared, own, events } = isKept ? first : await rehearsed(true)
    const { read, caseRow, principal, context } = await findCase(request.tokenHash, request.caseId)
    const typed = { ...read, texts: [...read.texts, ...prepared.texts] }
    const { subject } = subjectOf(typed, caseRow, principal, 'staff', context)
    return { papers: papersOfEvents(subject, { before: atHand.caseRow.state, own, events }) }
  }
}

/** Whoever weighs it reads each, and an act on the decision needs the case as it was read. */
const STATEMENTS_A_DAY = 10

const STATEMENT_BRAKES = {
  said: { name: 'statements', title: '今天不能再说了', else: '再有话到窗口当面说，会记下来' },
  recorded: { name: 'recorded-statements', title: '今天不能再记了', else: '再有话请同事记' },
} as const

const statementBrake = (
  { brake }: Pick<CaseDeps, 'brake'>,
  { caseRow, principal, now }: CaseAtHand,
  how: keyof typeof STATEMENT_BRAKES,
) => {
  const { name, title, else: otherwise } = STATEMENT_BRAKES[how]
  const detail = `一件事一个人一天最多${how === 'said' ? '说' : '记'} ${STATEMENTS_A_DAY} 次，${otherwise}`
  const key = `${caseRow.id}:${principal.profileId}`
  return () => brake.take(name, key, STATEMENTS_A_DAY, dayIn(now), { title, detail })
}

/** The applicant speaks before the decision is revoked, as long as it is neither revoked nor kept. */
export const createSpeakOnCase = (deps: CaseDeps) => (request: CaseRequest, body: SpeakOnCase) =>
  runVerb(deps, request, body.version, (atHand): Prepared => {
    const { caseRow, claim, principal } = atHand
    const text = sealText(deps.cipher, caseRow.id, 'reason', body.statement)
    const by = claim.standsIn && principal.staffId !== null ? { recordedBy: principal.staffId } : {}
    return {
      command: { type: 'speak', statementDigest: text.digest, isAll: body.isAll ?? false, ...by },
      texts: [text],
      reasonDigest: null,
      brake: statementBrake(deps, atHand, 'said'),
    }
  })

type Correction = Extract<AfterDecisionBody, { action: 'correct-decision' }>

/** What another of several organs has decided is not theirs to put right. */
function isAnothersShare(atHand: CaseAtHand, { action, unitId }: Correction) {
  const { item, caseRow } = atHand
  return (
    unitId !== undefined &&
    decidedBy(item, caseRow.state, unitId) !== undefined &&
    ownShareFor(item, caseRow.state, action, actorIn(atHand), unitId) === undefined
  )
}

/** The holder's name that is put right is the case's from then on, and so its certificate's. */
async function correctionOf(deps: CaseDeps, atHand: CaseAtHand, body: Correction, seal: Seal) {
  if (isAnothersShare(atHand, body)) throw new ProblemError('case.not-your-task')
  const paper = await slipPaperOf(deps, atHand, body.unitId)
  const fault = slipFault(body, paper)
  if (fault !== null) throw notASlip(fault)
  const slip = {
    type: body.action,
    ...meant(body),
    writtenDigest: seal(body.written),
    correctedDigest: seal(body.corrected),
    reasonDigest: seal(body.reason),
  } as const
  if (paper.confirmed === null || !isHoldersName(body, paper)) return { command: slip, named: { texts: [] } }
  // Another department has put it right before: the case bears it.
  const { caseRow, loaded } = atHand
  const now = openContent(deps.cipher, caseRow.id, loaded.texts, caseRow.state.answersDigest)
  if (now.applicantName === paper.confirmed)
    return { command: { ...slip, ofHolder: true } as const, named: { texts: [] } }
  const { named, ...rest } = await confirmedAs(deps, atHand, paper.confirmed)
  return { command: { ...slip, ofHolder: true, named } as const, named: rest }
}

/** Whose decision is meant, of whoever signs for several. */
const meant = ({ unitId }: { readonly unitId?: string | undefined }) =>
  unitId === undefined ? {} : { unitId }

function commandOf(
  deps: CaseDeps,
  atHand: CaseAtHand,
  body: Exclude<AfterDecisionBody, Correction>,
  { seal, seatsGone }: { readonly seal: Seal; readonly seatsGone: boolean },
): AfterDecisionCommand {
  switch (body.action) {
    case 'advise-revocation':
      checkBasis(atHand, body)
      return {
        type: body.action,
        ...meant(body),
        basis: body.basis,
        reasonDigest: seal(body.reason),
        answerers: settlersOf(atHand, body),
        settleDays: settleDaysOf(atHand.reference),
      }
    case 'propose-revocation':
      checkBasis(atHand, body)
      return {
        type: body.action,
        ...meant(body),
        basis: body.basis,
        reasonDigest: seal(body.reason),
        ...(body.newFact === undefined
          ? {}
          : {
              newFactDigest: seal(body.newFact),
              isKnownFact: isKnownFact(deps, atHand, body.newFact, body),
            }),
        speakDays: speakDaysOf(atHand.reference),
        settleDays: settleDaysOf(atHand.reference),
        deciders: settlersOf(atHand, body),
      }
    case 'record-statement':
      return { type: body.action, ...meant(body), statementDigest: seal(body.statement) }
    case 'revoke-decision':
      return {
        type: body.action,
        ...meant(body),
        reasonDigest: seal(body.reason),
        ...(seatsGone ? { seatsGone } : {}),
      }
    case 'keep-decision':
      return {
        type: body.action,
        ...meant(body),
        reasonDigest: seal(body.reason),
        ...(seatsGone ? { seatsGone } : {}),
      }
    case 'decline-advice':
      return { type: body.action, ...meant(body), reasonDigest: seal(body.reason) }
  }
}

/** What is given as new is what was weighed before, when the decision was kept. */
function isKnownFact({ cipher }: CaseDeps, atHand: CaseAtHand, newFact: string, body: Begins) {
  const { caseRow, loaded } = atHand
  const own = ownOf(atHand, body)
  const weighed = keptReasons(caseRow.state, own)
  return loaded.texts.some(
    (text) => weighed.includes(text.digest) && saysTheSame(openText(cipher, caseRow.id, text), newFact),
  )
}

const actorIn = ({ principal: { pools, staffId } }: CaseAtHand) =>
  ({ kind: 'staff', pools, staffId, isBarred: false }) as const

type Begins = Extract<AfterDecisionBody, { action: 'propose-revocation' | 'advise-revocation' }>

/** Of several organs that decide each its own part, that of whoever acts, or that who is above them names. */
const ownOf = (atHand: CaseAtHand, { action, unitId }: Begins) =>
  joinsDecisions(atHand.item)
    ? shareMeant(atHand.item, atHand.caseRow.state, action, actorIn(atHand), unitId)
    : undefined

function settlersOf(atHand: CaseAtHand, body: Begins) {
  const { reference, caseRow, item, now } = atHand
  const context = { actor: actorIn(atHand), handlersOf: handlersIn({ ...caseRow, reference, now }) }
  return settlersBeside({ item, state: caseRow.state }, body.action, context, ownOf(atHand, body))
}

function checkBasis({ caseRow: { state }, item }: CaseAtHand, { basis }: Begins) {
  const { decision } = state
  // What is refused of one of several organs is not revoked at all: the act itself says so.
  if (decision === null || joinsDecisions(item) || basesOf(decision.kind).includes(basis)) return
  const message = '不批的决定不能因为这个撤销'
  throw new ProblemError('case.target-unknown', {
    detail: message,
    errors: [{ pointer: '/basis', code: 'case.target-unknown', message }],
  })
}

const SLIP_FAULTS = {
  same: 'case.slip-same',
  'not-written': 'case.slip-unwritten',
  'put-right': 'case.slip-put-right',
  'not-once': 'case.slip-repeated',
  decides: 'case.slip-decides',
  holder: 'case.slip-holder',
  another: 'case.slip-another',
} as const satisfies Record<SlipFault, string>

const SLIP_ASKS = {
  same: '写更正后的字',
  'not-written': '照文书上的原文写',
  'put-right': '照更正以后的写',
  'not-once': '连前后的字一起写',
  decides: '这几个字是决定本身，不能当笔误改',
  holder: '名字只能改成核过身份的那个',
  another: '只能改打错的一两个字',
} as const satisfies Record<SlipFault, string>

function notASlip(fault: SlipFault) {
  const pointer = fault === 'same' || fault === 'another' ? '/corrected' : '/written'
  return new ProblemError(SLIP_FAULTS[fault], {
    errors: [{ pointer, code: SLIP_FAULTS[fault], message: SLIP_ASKS[fault] }],
  })
}

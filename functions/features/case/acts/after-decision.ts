import type { AfterDecisionBody, SpeakOnCase } from '#shared/contract/after-decision'
import type { AfterDecisionCommand } from '#shared/domain/case/after-decision'
import { isBarred } from '#shared/domain/case/barred'
import { isDecisionKind } from '#shared/domain/case/document-kinds'
import { basesOf, revokersFor } from '#shared/domain/case/revocation'
import { type SlipFault, slipFault } from '#shared/domain/case/slip'
import { fullDay } from '#shared/domain/kernel/day-words'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import { settleDaysOf, speakDaysOf } from '../county-days'
import type { CaseDeps } from '../deps'
import { type CaseText, openContent, openDocument, openText, sealText } from '../texts'
import { type CaseAtHand, type CaseRequest, type Prepared, runVerb } from './verb'

type Seal = (words: string) => string

/** One act of staff on a decision that was signed: 409 where none stands, 403 for who neither made it nor revokes it. */
export const createAfterDecision = (deps: CaseDeps) => (request: CaseRequest, body: AfterDecisionBody) =>
  runVerb(deps, request, body.version, (atHand) => {
    if (atHand.viewer !== 'staff') throw new ProblemError('case.not-your-task')
    const texts: CaseText[] = []
    const seal: Seal = (words) => {
      const sealed = sealText(deps.cipher, atHand.caseRow.id, 'reason', words)
      texts.push(sealed)
      return sealed.digest
    }
    const command = commandOf(deps, atHand, body, seal)
    return { command, texts, reasonDigest: 'reasonDigest' in command ? command.reasonDigest : null }
  })

/** The applicant speaks before the decision is revoked, as long as it is neither revoked nor kept. */
export const createSpeakOnCase = (deps: CaseDeps) => (request: CaseRequest, body: SpeakOnCase) =>
  runVerb(deps, request, body.version, ({ caseRow, claim, principal }): Prepared => {
    const text = sealText(deps.cipher, caseRow.id, 'reason', body.statement)
    const by = claim.standsIn && principal.staffId !== null ? { recordedBy: principal.staffId } : {}
    return {
      command: { type: 'speak', statementDigest: text.digest, isAll: body.isAll ?? false, ...by },
      texts: [text],
      reasonDigest: null,
    }
  })

function commandOf(
  deps: CaseDeps,
  atHand: CaseAtHand,
  body: AfterDecisionBody,
  seal: Seal,
): AfterDecisionCommand {
  switch (body.action) {
    case 'correct-decision': {
      const { action, written, corrected, reason } = body
      checkSlip(deps, atHand, body)
      return {
        type: action,
        writtenDigest: seal(written),
        correctedDigest: seal(corrected),
        reasonDigest: seal(reason),
      }
    }
    case 'advise-revocation':
      checkBasis(atHand, body)
      return {
        type: body.action,
        basis: body.basis,
        reasonDigest: seal(body.reason),
        answerers: decidersOf(atHand),
        settleDays: settleDaysOf(atHand.reference),
      }
    case 'propose-revocation':
      checkBasis(atHand, body)
      return {
        type: body.action,
        basis: body.basis,
        reasonDigest: seal(body.reason),
        ...(body.newFact === undefined ? {} : { newFactDigest: seal(body.newFact) }),
        speakDays: speakDaysOf(atHand.reference),
        settleDays: settleDaysOf(atHand.reference),
        deciders: decidersOf(atHand),
      }
    case 'record-statement':
      return { type: body.action, statementDigest: seal(body.statement) }
    case 'revoke-decision':
    case 'keep-decision':
    case 'decline-advice':
      return { type: body.action, reasonDigest: seal(body.reason) }
  }
}

const decidersOf = ({ reference, caseRow, item, principal }: CaseAtHand) =>
  revokersFor(reference, { item, state: caseRow.state }, ({ id }) => isBarred(caseRow, id), principal.staffId)

function checkBasis(
  { caseRow }: CaseAtHand,
  { basis }: Extract<AfterDecisionBody, { action: 'propose-revocation' | 'advise-revocation' }>,
) {
  const { decision } = caseRow.state
  if (decision === null || basesOf(decision.kind).includes(basis)) return
  const message = '不批的决定不能因为这个撤销'
  throw new ProblemError('case.target-unknown', {
    detail: message,
    errors: [{ pointer: '/basis', code: 'case.target-unknown', message }],
  })
}

const SLIP_FAULTS = {
  same: 'case.slip-same',
  'not-written': 'case.slip-unwritten',
  'not-once': 'case.slip-repeated',
  decides: 'case.slip-decides',
} as const satisfies Record<SlipFault, string>

const SLIP_ASKS = {
  same: '写更正后的字',
  'not-written': '照文书上的原文写',
  'not-once': '连前后的字一起写',
  decides: '照文书上的原文写',
} as const satisfies Record<SlipFault, string>

function checkSlip(
  { cipher }: CaseDeps,
  { caseRow, loaded }: CaseAtHand,
  slip: Extract<AfterDecisionBody, { action: 'correct-decision' }>,
) {
  const decision = caseRow.documents.findLast(({ kind }) => isDecisionKind(kind))
  // Nothing stands yet that could be corrected: the case says so itself.
  if (!decision) throw new ProblemError('case.undecided')
  const fault = slipFault(slip, wordsOf(cipher, { caseRow, loaded }, decision))
  if (fault === null) return
  const pointer = fault === 'same' ? '/corrected' : '/written'
  throw new ProblemError(SLIP_FAULTS[fault], {
    errors: [{ pointer, code: SLIP_FAULTS[fault], message: SLIP_ASKS[fault] }],
  })
}

/** All that a document says, of the applicant too; null where its words were not kept when it was issued. */
function wordsOf(
  cipher: CaseDeps['cipher'],
  { caseRow, loaded: { texts } }: Pick<CaseAtHand, 'caseRow' | 'loaded'>,
  { id, documentNumber, issuedAt }: CaseAtHand['caseRow']['documents'][number],
): string | null {
  const content = openDocument(cipher, caseRow.id, texts, id)
  if (typeof content === 'string') return null
  const digests = content.paragraphs.flatMap(({ reason }) => (reason === undefined ? [] : [reason]))
  const reasons = texts.filter(({ digest }) => digests.includes(digest))
  const { to } = content
  const named =
    to !== null && typeof to === 'object' ? openContent(cipher, caseRow.id, texts, to.answersDigest) : null
  return [
    content.organ,
    content.title,
    documentNumber,
    fullDay(dayIn(issuedAt)),
    named?.applicantName ?? '',
    ...content.paragraphs.map(({ said }) => said),
    ...reasons.map((text) => openText(cipher, caseRow.id, text)),
  ].join('\n')
}

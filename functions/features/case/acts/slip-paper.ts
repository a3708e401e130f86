import { payoutOf, payoutWords } from '#shared/domain/case/result/payout'
import type { SlipPaper } from '#shared/domain/case/revocation/slip'
import { fullDay } from '#shared/domain/kernel/day-words'
import { maskIdNumber } from '#shared/domain/kernel/digits'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import type { CaseDeps } from '../deps'
import { namedNow, numberIn, type SignedPaper, signedPaper } from '../documents/signed-paper'
import { openContent, openText } from '../texts'
import { findConfirmed } from '../whose/filer'
import type { CaseAtHand } from './verb'

/**
 * The holder's name as the register of firms has it, or as WeChat has confirmed it, where that is another than the case's; else the
 * case's own: it may have come to bear it by another organ's correction.
 */
async function confirmedName(
  deps: CaseDeps,
  { caseRow, loaded, item }: CaseAtHand,
  paper: SignedPaper,
): Promise<string | null> {
  if (caseRow.otherFirmName !== null) return caseRow.otherFirmName
  const [owner] = caseRow.misnamed
  if (owner !== undefined) return (await findConfirmed(deps, owner))?.name ?? null
  const now = openContent(deps.cipher, caseRow.id, loaded.texts, caseRow.state.answersDigest)
  return namedNow(item, paper, now)
}

/** What the last decision's document says as its readers see it now, and what of it decides. */
export async function slipPaperOf(deps: CaseDeps, atHand: CaseAtHand, unitId?: string): Promise<SlipPaper> {
  const { caseRow, loaded, item, principal, reference } = atHand
  const { state } = caseRow
  const { texts } = loaded
  const { cipher } = deps
  const actor = { kind: 'staff', pools: principal.pools, isBarred: false } as const
  const paper = signedPaper({ caseRow, item, cipher, texts }, actor, unitId)
  // Nothing stands yet that could be corrected: the case says so itself.
  if (!paper) throw new ProblemError('case.undecided')
  const { row, kept, then, holder, nowOf } = paper
  const number = numberIn(item, then)
  const decidedAt = state.decision?.at ?? row.issuedAt
  const days = [dayIn(state.filedAt), state.accepted?.on, dayIn(decidedAt), dayIn(row.issuedAt)]
  const signed = kept === null ? [] : typedIn(deps, atHand, kept)
  const typed = signed.map(nowOf)
  return {
    text: kept && [...composedIn(atHand, kept, paper), ...typed].join('\n'),
    typed,
    signed,
    holder,
    confirmed: await confirmedName(deps, atHand, paper),
    decided: [
      item.name,
      item.plainName,
      item.resultDocument.title,
      ...(number === null ? [] : [number, maskIdNumber(number)]),
      ...days.flatMap((day) => (day === undefined ? [] : [fullDay(day)])),
    ],
    known: [
      ...textsIn(reference.items),
      ...[...reference.units.values()].flatMap(({ name, shortName }) => [name, shortName]),
    ],
  }
}

/** All that guides say, wherever they say it. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

type Kept = NonNullable<SignedPaper['kept']>

function composedIn(
  { item }: CaseAtHand,
  { organ, title, paragraphs }: Kept,
  { row, then, holder }: SignedPaper,
) {
  const number = numberIn(item, then)
  const paid = paragraphs.flatMap(({ pays }) => {
    const payout = pays && payoutOf(item, then.answers, pays.from)
    return payout ? [payoutWords(payout)] : []
  })
  return [
    organ,
    title,
    row.documentNumber,
    fullDay(dayIn(row.issuedAt)),
    `${holder ?? ''}${number === null ? '' : `（${maskIdNumber(number)}）`}`,
    ...paragraphs.map(({ said }) => said),
    ...paid,
  ]
}

/** In the order of its paragraphs. */
function typedIn({ cipher }: CaseDeps, { caseRow, loaded: { texts } }: CaseAtHand, { paragraphs }: Kept) {
  const digests = paragraphs.flatMap(({ reason }) => (reason === undefined ? [] : [reason]))
  const reasons = texts.filter(({ digest }) => digests.includes(digest))
  return reasons.map((text) => openText(cipher, caseRow.id, text))
}

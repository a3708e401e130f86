import type { ChooseDelivery, DeliverPaper } from '#shared/contract/delivery'
import type { DeliveryCommand } from '#shared/domain/case/delivery/delivery'
import { takerFault, takerPowers, witnessFault } from '#shared/domain/case/delivery/delivery-words'
import { goesToFamily, takerLabel } from '#shared/domain/case/delivery/to-family'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import type { CaseDeps } from '../deps'
import { type CaseText, openContent, sealText } from '../texts'
import { namesOf } from '../whose/filer'
import { type CaseAtHand, type CaseRequest, runVerb } from './verb'

type Seal = (words: string) => string

/** Staff write down how a paper goes to whom it is for: 403 for whose task it is not, 409 where none is owed. */
export const createDeliverPaper = (deps: CaseDeps) => (request: CaseRequest, body: DeliverPaper) =>
  runVerb(deps, request, body.version, async (atHand) => {
    const { caseRow, viewer, principal, reference } = atHand
    if (viewer !== 'staff') throw new ProblemError('case.not-your-task')
    const server = principal.staffId === null ? '' : (reference.staffName(principal.staffId) ?? '')
    const concerned = body.action === 'leave' ? await concernedBy(deps, atHand) : []
    const isForFamily = goesToFamily(caseRow.state, body.of)
    checkHands(body, caseRow.state.applicant?.kind ?? 'person', { server, concerned, isForFamily })
    const texts: CaseText[] = []
    const seal = (words: string) => {
      const sealed = sealText(deps.cipher, caseRow.id, 'note', words)
      texts.push(sealed)
      return sealed.digest
    }
    const command = commandOf(body, seal, isForFamily)
    return { command, texts, reasonDigest: null }
  })

/** The applicant chooses how they get the papers, until one is on its way. */
export const createChooseDelivery =
  (deps: CaseDeps) =>
  (request: CaseRequest, { version, method, address }: ChooseDelivery) =>
    runVerb(deps, request, version, ({ caseRow }) => {
      const sealed = address === undefined ? [] : [sealText(deps.cipher, caseRow.id, 'note', address)]
      const addressDigest = sealed[0]?.digest ?? null
      return {
        command: { type: 'choose-delivery', method, addressDigest },
        texts: sealed,
        reasonDigest: null,
      }
    })

const WITNESSES_ASK = {
  same: '两位见证人要是两个人',
  server: '送达的人不能自己当见证人',
  concerned: '受送达人、申请人和替申请人交的人不能当见证人',
} as const

/** Who applied, whose the case is and who filed it. What staff typed in was filed by nobody of theirs. */
async function concernedBy(deps: CaseDeps, { caseRow, loaded }: CaseAtHand): Promise<readonly string[]> {
  const { id, state, owners, filedBy, ownerId } = caseRow
  const { applicantName } = openContent(deps.cipher, id, loaded.texts, state.answersDigest)
  const accounts = [...owners, ...(ownerId === null ? [] : [ownerId])]
  const names = await namesOf(deps, state.enteredBy === null ? [...accounts, filedBy] : accounts)
  return applicantName === null ? names : [applicantName, ...names]
}

/** Into whose hand it may go, and who may see it left. 民事诉讼法 第88、89条 */
function checkHands(
  body: DeliverPaper,
  kind: 'person' | 'firm',
  {
    server,
    concerned,
    isForFamily,
  }: { readonly server: string; readonly concerned: readonly string[]; readonly isForFamily: boolean },
) {
  const code = 'case.target-unknown'
  const refuse = (pointer: string, message: string) =>
    new ProblemError(code, { errors: [{ pointer, code, message }] })
  if ('taker' in body && body.taker) {
    const taker = takerFault(body.taker, kind, server, isForFamily)
    if (taker === 'server') throw refuse('/taker/name', '送达的人不能自己代收')
    if (taker === 'power')
      throw refuse(
        '/taker/power',
        isForFamily
          ? '申请人已经去世，只能由家属收'
          : `代收的只能是${takerPowers(kind)
              .map((power) => takerLabel(power, false))
              .join('或者')}`,
      )
  }
  const fault = body.action === 'leave' ? witnessFault(body.witnesses, server, concerned) : null
  if (fault) throw refuse('/witnesses/1', WITNESSES_ASK[fault])
}

/** Why the result goes another way than was chosen. */
const otherwiseOf = ({ reason }: { readonly reason?: string | undefined }, seal: Seal) =>
  reason === undefined ? {} : { otherwiseDigest: seal(reason) }

function commandOf(body: DeliverPaper, seal: Seal, isForFamily: boolean): DeliveryCommand {
  const { of } = body
  const takerOf = ({ taker }: Pick<Extract<DeliverPaper, { action: 'hand-over' }>, 'taker'>) =>
    taker === undefined ? null : seal(`${taker.name}，${takerLabel(taker.power, isForFamily)}`)
  switch (body.action) {
    case 'post': {
      const { action: type, carrier, trackingNumber, postedOn } = body
      const letter = { carrier, trackingDigest: seal(trackingNumber), postedOn: plainDate(postedOn) }
      return { type, of, ...letter, ...otherwiseOf(body, seal) }
    }
    case 'record-receipt':
      return { type: body.action, of, receivedOn: plainDate(body.receivedOn), takerDigest: takerOf(body) }
    case 'record-return': {
      const { action: type, returnedOn, reason } = body
      return { type, of, returnedOn: plainDate(returnedOn), reasonDigest: seal(reason) }
    }
    case 'hand-over': {
      const { action: type, takenOn } = body
      const hand = { takenOn: plainDate(takenOn), takerDigest: takerOf(body) }
      return { type, of, ...hand, ...otherwiseOf(body, seal) }
    }
    case 'leave': {
      const { action: type, witnesses, refusal } = body
      const witnessesDigest = seal(witnesses.join('；'))
      return { type, of, witnessesDigest, refusalDigest: seal(refusal), ...otherwiseOf(body, seal) }
    }
    case 'announce': {
      const { action: type, place, reason, family } = body
      const named = family === undefined ? {} : { familyDigest: seal(family) }
      return { type, of, placeDigest: seal(place), reasonDigest: seal(reason), ...named }
    }
    case 'record-announced':
      return { type: body.action, of }
  }
}

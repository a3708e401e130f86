import type { ChooseDelivery, DeliverPaper } from '#shared/contract/delivery'
import type { DeliveryCommand } from '#shared/domain/case/delivery'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import type { CaseDeps } from '../deps'
import { type CaseText, sealText } from '../texts'
import { type CaseRequest, runVerb } from './verb'

type Seal = (words: string) => string

/** Staff write down how a paper goes to whom it is for: 403 for whose task it is not, 409 where none is owed. */
export const createDeliverPaper = (deps: CaseDeps) => (request: CaseRequest, body: DeliverPaper) =>
  runVerb(deps, request, body.version, ({ caseRow, viewer }) => {
    if (viewer !== 'staff') throw new ProblemError('case.not-your-task')
    const texts: CaseText[] = []
    const command = commandOf(body, (words) => {
      const sealed = sealText(deps.cipher, caseRow.id, 'note', words)
      texts.push(sealed)
      return sealed.digest
    })
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

function commandOf(body: DeliverPaper, seal: Seal): DeliveryCommand {
  const { of } = body
  switch (body.action) {
    case 'post': {
      const { action: type, carrier, trackingNumber, postedOn } = body
      return { type, of, carrier, trackingDigest: seal(trackingNumber), postedOn: plainDate(postedOn) }
    }
    case 'record-receipt':
      return { type: body.action, of, receivedOn: plainDate(body.receivedOn) }
    case 'record-return': {
      const { action: type, returnedOn, reason } = body
      return { type, of, returnedOn: plainDate(returnedOn), reasonDigest: seal(reason) }
    }
    case 'hand-over': {
      const { action: type, takenOn, taker } = body
      const takerDigest = taker === undefined ? null : seal(`${taker.name}，${taker.power}`)
      return { type, of, takenOn: plainDate(takenOn), takerDigest }
    }
    case 'leave': {
      const { action: type, leftOn, witnesses, refusal } = body
      const witnessesDigest = seal(witnesses.join('；'))
      return { type, of, leftOn: plainDate(leftOn), witnessesDigest, refusalDigest: seal(refusal) }
    }
    case 'announce': {
      const { action: type, announcedOn, place, reason } = body
      return {
        type,
        of,
        announcedOn: plainDate(announcedOn),
        placeDigest: seal(place),
        reasonDigest: seal(reason),
      }
    }
    case 'record-announced':
      return { type: body.action, of }
  }
}

import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { givenWith } from '#shared/domain/case/paper/decision-words'
import {
  decisionKind,
  documentTitle,
  isGrantKind,
  isOwnDecisionKind,
  issuingOrgan,
  ownDecisionKind,
  PACKET,
  remedyOn,
  signedBy,
} from '#shared/domain/case/paper/document-kinds'
import { packetWords } from '#shared/domain/case/paper/own-decision-words'
import { SERVED } from '#shared/domain/case/paper/service-words'
import { ownDecision } from '#shared/domain/case/parallel/share-decisions'
import { CERTIFICATE } from '#shared/domain/case/result/certificate'
import { draftedPayout, isPaying, paidFrom, payoutWords } from '#shared/domain/case/result/payout'
import { dayIn, type PlainDate, yearOf } from '#shared/domain/kernel/plain-date'
import { citationsOf, declinedBy } from '#shared/domain/service-item/citations'
import type { ShareDecision } from '#shared/domain/service-item/parallel-organ'
import type { Subject } from './subject'

type Draft = NonNullable<CaseView['staff']>['decisionDrafts'][number]

/** What is signed with an act; what is settled is granted with it. */
const SIGNED = {
  decline: 'decline',
  grant: 'grant',
  refuse: 'refuse',
  settle: 'grant',
  pass: 'grant',
  fail: 'refuse',
} as const

const isSigned = (action: AllowedAction['action']): action is keyof typeof SIGNED => action in SIGNED

const LATER = '送达的时候写'

/** The 送达回证 that follows, as far as it is known before the decision is signed; null where no step hands it over. */
function serviceOf(
  subject: Subject,
  action: 'grant' | 'refuse',
  decision: Pick<Draft, 'title' | 'numberPrefix'>,
): Draft['service'] {
  const { item, state, reference, documents, caseRow, now } = subject
  if (!item.steps.some(({ actions }) => actions.includes('deliver'))) return null
  const organ = issuingOrgan('service', null, state, reference.units)
  const { title, certificate } = item.resultDocument
  const prefixOf = (kind: string) => documents.prefix(kind, organ, yearOf(dayIn(now)), reference)
  return {
    title: documents.title('service', reference),
    numberPrefix: prefixOf('service'),
    organName: signedBy('service', organ, { item, state }, reference.units),
    paragraphs: [
      `${SERVED.what}《${decision.title}》（${decision.numberPrefix}＿＿号）`,
      ...caseRow.documents
        .filter(({ kind }) => isOwnDecisionKind(kind))
        .map(
          ({ kind, documentNumber }) =>
            `${SERVED.what}《${documents.title(kind, reference)}》（${documentNumber}）`,
        ),
      ...(action === 'grant' && certificate
        ? [`${SERVED.what}《${title}》（${prefixOf(CERTIFICATE)}＿＿号）`]
        : []),
      SERVED.how + LATER,
      SERVED.on + LATER,
    ],
  }
}

/** Of a grant, as its paper will say it. */
function paidText({ item, state, content }: Subject, kind: string, today: PlainDate) {
  if (!isGrantKind(kind) || !isPaying(item)) return null
  const payout = draftedPayout(item, content.answers, paidFrom(item, state, today))
  return payout && payoutWords(payout)
}

const kindOf = (
  item: Subject['item'],
  signed: (typeof SIGNED)[keyof typeof SIGNED],
  own: ShareDecision | undefined,
) => {
  if (signed === 'decline') return signed
  return own ? ownDecisionKind(signed === 'grant') : decisionKind(signed, item)
}

/** By which nothing is decided. */
const isOpinion = (action: keyof typeof SIGNED, own: ShareDecision | undefined) =>
  (action === 'pass' || action === 'fail') && own === undefined

function acceptedBy(action: keyof typeof SIGNED, accepted: Draft['accepted'], today: PlainDate) {
  if (action === 'decline') return null
  return action === 'settle' ? { on: today, bySilence: false } : accepted
}

/** What joins the decisions of several organs, as it would go out. */
function packetOf({ item, state, reference }: Subject): string[] {
  const { head, shares, tail } = packetWords({ item, state })
  return [
    head,
    ...shares.map(({ unitId, said }) => `${said}（${reference.units.get(unitId)?.name ?? ''}）。`),
    ...tail,
  ]
}

/** The documents as they would be issued now, for whoever may decide; the number is drawn when one is signed. */
export function decisionDrafts(
  subject: Subject,
  allowed: readonly Pick<AllowedAction, 'action' | 'stepKey' | 'unitId'>[],
): Draft[] {
  const { item, state, reference, documents, now } = subject
  const { units } = reference
  const today = dayIn(now)
  return allowed.flatMap(({ action, stepKey, unitId }) => {
    const own = ownDecision(item, { stepKey, unitId })
    if (!isSigned(action) || isOpinion(action, own)) return []
    const signed = SIGNED[action]
    const kind = kindOf(item, signed, own)
    const organ = issuingOrgan(kind, unitId, state, units)
    const named = {
      title: documentTitle(kind, item, (each) => documents.title(each, reference)),
      numberPrefix: documents.prefix(kind, organ, yearOf(today), reference),
    }
    return [
      {
        action,
        stepKey,
        unitId,
        ...named,
        organName: signedBy(kind, organ, { item, state }, units),
        paid: paidText(subject, kind, today),
        remedy: remedyOn(kind, item, units.get(organ), state),
        issuedOn: today,
        ...givenWith(item, state, isGrantKind(kind)),
        part: own?.name ?? null,
        packet: kind === PACKET ? packetOf(subject) : null,
        legalBasis: [...(signed === 'decline' ? declinedBy(item) : citationsOf(own ?? item))],
        accepted: acceptedBy(action, state.accepted, today),
        service: action === 'grant' || action === 'refuse' ? serviceOf(subject, action, named) : null,
      },
    ]
  })
}

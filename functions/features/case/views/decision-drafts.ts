import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { CERTIFICATE } from '#shared/domain/case/certificate'
import { givenWith } from '#shared/domain/case/decision-words'
import {
  decisionKind,
  documentTitle,
  isGrantKind,
  issuingOrgan,
  remedyOn,
  signedBy,
} from '#shared/domain/case/document-kinds'
import { isPaying, paidFrom, payoutOf, payoutWords } from '#shared/domain/case/payout'
import { SERVED } from '#shared/domain/case/service-words'
import { dayIn, type PlainDate, yearOf } from '#shared/domain/kernel/plain-date'
import { citationsOf, declinedBy } from '#shared/domain/service-item/citations'
import type { Subject } from './subject'

type Draft = NonNullable<CaseView['staff']>['decisionDrafts'][number]

/** What is signed with an act; what is settled is granted with it. */
const SIGNED = { decline: 'decline', grant: 'grant', refuse: 'refuse', settle: 'grant' } as const

const isSigned = (action: AllowedAction['action']): action is keyof typeof SIGNED => action in SIGNED

const LATER = '送达的时候写'

/** The 送达回证 that follows, as far as it is known before the decision is signed; null where no step hands it over. */
function serviceOf(
  subject: Subject,
  action: 'grant' | 'refuse',
  decision: Pick<Draft, 'title' | 'numberPrefix'>,
): Draft['service'] {
  const { item, state, reference, documents, now } = subject
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
  const payout = payoutOf(item, content.answers, paidFrom(item, state, today))
  return payout && payoutWords(payout)
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
    if (!isSigned(action)) return []
    const signed = SIGNED[action]
    const kind = signed === 'decline' ? signed : decisionKind(signed, item)
    const organ = issuingOrgan(kind, unitId, state, units)
    const named = {
      title: documentTitle(kind, item, (each) => documents.title(each, reference)),
      numberPrefix: documents.prefix(kind, organ, yearOf(today), reference),
    }
    const accepted = action === 'settle' ? { on: today, bySilence: false } : state.accepted
    return [
      {
        action,
        stepKey,
        ...named,
        organName: signedBy(kind, organ, { item, state }, units),
        paid: paidText(subject, kind, today),
        remedy: remedyOn(kind, item, units.get(organ), state),
        issuedOn: today,
        ...givenWith(item, state, signed === 'grant'),
        legalBasis: [...(signed === 'decline' ? declinedBy(item) : citationsOf(item))],
        accepted: signed === 'decline' ? null : accepted,
        service: action === 'grant' || action === 'refuse' ? serviceOf(subject, action, named) : null,
      },
    ]
  })
}

import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { decisionKind, isGrantKind } from '#shared/domain/case/document-kinds'
import { stepOf } from '#shared/domain/case/route'
import { dayIn, yearOf } from '#shared/domain/kernel/plain-date'
import { findRemedy } from '#shared/domain/organization/deciding-unit'
import { citationsOf, declinedBy } from '#shared/domain/service-item/citations'
import { type Subject, signature } from './subject'

type Draft = NonNullable<CaseView['staff']>['decisionDrafts'][number]

/** In whose name a step decides. */
export const decidingOrgan = (
  { item, state, reference }: Pick<Subject, 'item' | 'state' | 'reference'>,
  stepKey: string,
) => stepOf(item, stepKey).decidedInNameOf ?? signature(reference, state.organUnitId)

/** 行政复议法、行政诉讼法: where and until when one may object, composed from data. */
export function remedyText(
  { item, state, reference }: Pick<Subject, 'item' | 'state' | 'reference'>,
  unitId: string = state.organUnitId,
): string | null {
  const unit = reference.units.get(unitId)
  const remedy = unit && findRemedy(item, unit, state.organUnitId)
  if (!remedy) return null
  const { reviewAuthority, court, objection } = remedy
  const review = `可以在收到后 60 日内向${reviewAuthority}申请行政复议，或者在 6 个月内向${court}起诉。`
  return objection
    ? `不服这个决定，先向${objection.to}提出异议，${objection.days} 日内给答复；答复维持、还是不服的，${review}`
    : `不服这个决定，${review}`
}

/** 不予受理决定书: whoever has looked at it issues it, for a village its department. */
function declineDraft(
  subject: Subject,
  { stepKey, unitId }: Pick<AllowedAction, 'stepKey' | 'unitId'>,
): Draft {
  const { item, state, reference, documents, now } = subject
  const today = dayIn(now)
  const organ = documents.issuer(unitId, state, reference)
  return {
    action: 'decline',
    stepKey,
    title: documents.title('decline', reference),
    numberPrefix: documents.prefix('decline', organ, yearOf(today), reference),
    organName: signature(reference, organ),
    remedy: remedyText(subject, organ),
    issuedOn: today,
    result: null,
    validText: null,
    legalBasis: [...declinedBy(item)],
    accepted: null,
  }
}

/** What a paper is called: that of a grant may be the result itself. */
export const paperTitle = (
  { item, reference, documents }: Pick<Subject, 'item' | 'reference' | 'documents'>,
  kind: string,
) =>
  isGrantKind(kind) && item.resultDocument.kind === 'decision'
    ? item.resultDocument.title
    : documents.title(kind, reference)

/** What is given with a grant beside its paper, and for how long; null where nothing is. */
export function givenWith({ item: { resultDocument } }: Pick<Subject, 'item'>, isGranted: boolean) {
  const { kind, title, validYears } = resultDocument
  return {
    result: isGranted && kind !== 'decision' ? title : null,
    validText: isGranted && validYears !== null ? `${validYears} 年` : null,
  }
}

/** What a decision rests on. */
const restsOn = ({ item, state }: Subject) => ({
  legalBasis: [...citationsOf(item)],
  accepted: state.accepted,
})

/** What is settled is granted with it; the day of its acceptance is the same. */
const signedBy = (action: 'grant' | 'refuse' | 'settle') => (action === 'settle' ? 'grant' : action)

/** The documents as they would be issued now, for whoever may decide; the number is drawn when one is signed. */
export function decisionDrafts(
  subject: Subject,
  allowed: readonly Pick<AllowedAction, 'action' | 'stepKey' | 'unitId'>[],
): Draft[] {
  const { item, state, reference, documents, now } = subject
  const today = dayIn(now)
  const decidingKey = item.steps.find(({ decides }) => decides)?.key
  return allowed.flatMap(({ action, stepKey, unitId }) => {
    if (action === 'decline') return [declineDraft(subject, { stepKey, unitId })]
    if (action !== 'grant' && action !== 'refuse' && action !== 'settle') return []
    const signed = signedBy(action)
    const kind = decisionKind(signed, item)
    const settled = action === 'settle' ? { accepted: { on: today, bySilence: false } } : {}
    return [
      {
        action,
        stepKey,
        title: paperTitle(subject, kind),
        numberPrefix: documents.prefix(kind, state.organUnitId, yearOf(today), reference),
        organName: decidingOrgan(subject, decidingKey ?? stepKey),
        remedy: signed === 'refuse' ? remedyText(subject) : null,
        issuedOn: today,
        ...givenWith(subject, signed === 'grant'),
        ...restsOn(subject),
        ...settled,
      },
    ]
  })
}

import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { givenWith } from '#shared/domain/case/decision-words'
import { decisionKind, documentTitle, issuingOrgan, signedBy } from '#shared/domain/case/document-kinds'
import { dayIn, yearOf } from '#shared/domain/kernel/plain-date'
import { remedyText } from '#shared/domain/organization/deciding-unit'
import { citationsOf, declinedBy } from '#shared/domain/service-item/citations'
import type { Subject } from './subject'

type Draft = NonNullable<CaseView['staff']>['decisionDrafts'][number]

/** What is signed with an act; what is settled is granted with it. */
const SIGNED = { decline: 'decline', grant: 'grant', refuse: 'refuse', settle: 'grant' } as const

const isSigned = (action: AllowedAction['action']): action is keyof typeof SIGNED => action in SIGNED

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
    const accepted = action === 'settle' ? { on: today, bySilence: false } : state.accepted
    return [
      {
        action,
        stepKey,
        title: documentTitle(kind, item, (each) => documents.title(each, reference)),
        numberPrefix: documents.prefix(kind, organ, yearOf(today), reference),
        organName: signedBy(kind, organ, { item, state }, units),
        remedy: signed === 'grant' ? null : remedyText(item, units.get(organ), state.organUnitId),
        issuedOn: today,
        ...givenWith(item, signed === 'grant'),
        legalBasis: [...(signed === 'decline' ? declinedBy(item) : citationsOf(item))],
        accepted: signed === 'decline' ? null : accepted,
      },
    ]
  })
}

import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { correctionDue } from '#shared/domain/case/clock/clocks'
import { askedBefore } from '#shared/domain/case/correction/notices-given'
import { issuingOrgan, signedBy } from '#shared/domain/case/paper/document-kinds'
import { askedFrame } from '#shared/domain/case/paper/issued-words'
import { dayIn, yearOf } from '#shared/domain/kernel/plain-date'
import { correctionRuleOf } from '../county-days'
import { clockBecause } from '../due-view'
import type { Subject } from './subject'

type Draft = NonNullable<CaseView['staff']>['correctionDrafts'][number]

const KIND = 'correction'

/** The last day to answer a notice that would go out now, and what stands around what it asks. */
function askedNow({ item, state, reference, now }: Subject, stepKey: string, unitId: string, organ: string) {
  const asked = {
    stepKey,
    unitId,
    askedAt: now,
    items: [],
    beforeAcceptance: state.accepted === null,
    rule: correctionRuleOf(reference),
    remindedAt: null,
    suppliedAt: null,
    lapsedAt: null,
  }
  const due = correctionDue(item, state, asked, reference.calendar)
  const dueOn = due.kind === 'on' ? due.on : null
  const phone = reference.units.get(organ)?.phone ?? null
  return { dueOn, dueBecause: clockBecause(due), ...askedFrame({ item, state, phone }, asked, dueOn) }
}

/** The notice as it would be issued now, for whoever may ask; the number is drawn when it is sent. */
export function correctionDrafts(
  subject: Subject,
  allowed: readonly Pick<AllowedAction, 'action' | 'stepKey' | 'unitId'>[],
): Draft[] {
  const { state, reference, documents, now } = subject
  const { units } = reference
  const today = dayIn(now)
  const before = askedBefore(state)
  return allowed
    .filter(({ action }) => action === 'request-correction')
    .map(({ stepKey, unitId }) => {
      const organ = issuingOrgan(KIND, unitId, state, units)
      return {
        stepKey,
        unitId,
        title: documents.noticeTitle(before !== null, reference),
        askedBefore: before,
        numberPrefix: documents.prefix(KIND, organ, yearOf(today), reference),
        organName: signedBy(KIND, organ, subject, units),
        issuedOn: today,
        graceDays: correctionRuleOf(reference).graceDays,
        ...askedNow(subject, stepKey, unitId, organ),
      }
    })
}

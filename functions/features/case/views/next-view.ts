import type { CaseView } from '#shared/contract/case'
import { dueOfCase } from '#shared/domain/case/clock/clocks'
import { owedTakingsBack, takingBackBy } from '#shared/domain/case/revocation/taking-back'
import { stepOf } from '#shared/domain/case/route'
import { openCorrection } from '#shared/domain/case/state'
import { isDisowned } from '#shared/domain/case/whose/identity'
import { unitName } from '#shared/domain/organization/registry'
import { plainStepName } from '#shared/domain/service-item/step-name'
import type { Subject } from './subject'

/** By each organ whose paper it bears. */
function takingBackNext({ state, reference }: Subject): CaseView['next'] {
  const organs = owedTakingsBack(state).flatMap(({ takers }) => takers.map(({ unitId }) => unitId))
  if (organs.length === 0) return null
  return {
    title: '收回撤销',
    who: [...new Set(organs)].map((each) => unitName(reference, each)).join('、'),
    dueOn: takingBackBy(state, reference.calendar) ?? null,
  }
}

export function nextOf(subject: Subject): CaseView['next'] {
  const { item, state, reference } = subject
  const asked = openCorrection(state)
  // The answer goes back to the step that asked; its days begin anew with the answer, so no date is known yet.
  if (asked && state.endedAt === null) {
    return {
      title: plainStepName(stepOf(item, asked.stepKey).name),
      who: unitName(reference, asked.unitId),
      dueOn: null,
    }
  }
  // Nothing follows for nobody.
  if (isDisowned(state)) return null
  const waiting = state.steps.find(
    (run) =>
      run.status === 'waiting' && !stepOf(item, run.key).followUp && !stepOf(item, run.key).onlyIfDisputed,
  )
  if (!waiting || state.endedAt !== null) return takingBackNext(subject)
  const due = dueOfCase(item, state, reference.calendar)
  return {
    title: plainStepName(stepOf(item, waiting.key).name),
    who: waiting.parts.map((part) => unitName(reference, part.unitId)).join('、'),
    dueOn: due.kind === 'on' ? due.on : null,
  }
}

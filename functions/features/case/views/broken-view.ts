import type { CaseView } from '#shared/contract/case'
import { isBarred } from '#shared/domain/case/barred'
import { runningPromise } from '#shared/domain/case/clocks'
import { superiorWords } from '#shared/domain/case/late-words'
import { brokenPromise } from '#shared/domain/case/new-day'
import { type Subject, textOf } from './subject'

/** A promise that was broken, while it still runs. */
export function brokenOf(subject: Subject): CaseView['broken'] {
  const { item, state, reference, caseRow, read } = subject
  const broken = brokenPromise(state)
  if (!broken || !runningPromise(item, state)) return null
  const told = broken.told.map(({ role, unitId }) => ({
    role,
    unitId,
    names: reference
      .holders(role, unitId)
      .filter(({ id }) => !isBarred(caseRow, id))
      .map(({ name }) => name),
  }))
  const named = read.events.findLast(({ type }) => type === 'promised-anew')
  return {
    promisedOn: broken.promisedOn,
    anew: broken.anew
      ? {
          on: broken.anew.dueOn,
          by: reference.staffName(named?.actor.replace('staff:', '') ?? '') ?? '',
          at: broken.anew.at,
          reason: textOf(subject, broken.anew.reasonDigest) ?? '',
        }
      : null,
    superior: superiorWords(told, broken.again !== undefined),
    again: broken.again !== undefined,
  }
}

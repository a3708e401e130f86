import type { CaseView } from '#shared/contract/case'
import { newDayToldBy } from '#shared/domain/case/clock/broken-promise'
import { runningPromise } from '#shared/domain/case/clock/clocks'
import { superiorWords } from '#shared/domain/case/clock/late-words'
import { brokenPromise, newDay } from '#shared/domain/case/clock/new-day'
import { isPartAlone } from '#shared/domain/case/route'
import { membersTold } from '#shared/domain/case/step/approval-state'
import { isBarred } from '#shared/domain/case/whose/barred'
import { organName } from '#shared/domain/organization/registry'
import { type Subject, textOf } from './subject'

/** A promise that was broken, while it still runs. */
export function brokenOf(subject: Subject): CaseView['broken'] {
  const { item, state, reference, caseRow, read } = subject
  const broken = brokenPromise(state)
  const promise = runningPromise(item, state)
  if (!broken || !promise) return null
  // One new day on every page: a changed calendar, or what stops the promise, moves the one that was named.
  const anew = newDay(state, promise, reference.calendar)
  const told = broken.told.map((each) => ({
    ...each,
    names: membersTold(reference.holders)(each)
      .filter(({ id }) => !isBarred(caseRow, id))
      .map(({ name }) => name),
  }))
  const tellBy = newDayToldBy(item, state, reference.calendar)
  const named = read.events.findLast(({ type }) => type === 'promised-anew')
  return {
    promisedOn: broken.promisedOn,
    anew: broken.anew
      ? {
          on: anew?.kind === 'on' ? anew.on : broken.anew.dueOn,
          by: [
            // Of several departments each speaks for itself.
            named?.type === 'promised-anew' && isPartAlone(item, named)
              ? organName(reference, named.unitId)
              : null,
            reference.staffName(named?.actor.replace('staff:', '') ?? ''),
          ]
            .filter(Boolean)
            .join(' '),
          at: broken.anew.at,
          reason: textOf(subject, broken.anew.reasonDigest) ?? '',
        }
      : null,
    superior: superiorWords(told, broken.again !== undefined),
    again: broken.again !== undefined,
    ...(tellBy === null ? {} : { tellBy }),
  }
}

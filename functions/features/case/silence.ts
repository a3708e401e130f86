import type { CaseEvent } from '#shared/domain/case/events'
import { watchersOfSilence } from '#shared/domain/case/step/silence'
import { isBarred } from '#shared/domain/case/whose/barred'
import type { Reference } from '../service-item'
import type { OwnedCase } from './case-row'

/** Events that a day gone by has caused, an acceptance by silence with those who are told of it. */
export const withWatchers = (
  events: readonly CaseEvent[],
  caseRow: OwnedCase,
  reference: Reference,
): readonly CaseEvent[] =>
  events.map((event) =>
    event.type === 'accepted' && event.bySilence
      ? {
          ...event,
          told: watchersOfSilence(reference, event.unitId, ({ id }) => isBarred(caseRow, id)),
        }
      : event,
  )

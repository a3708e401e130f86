import type { Instant } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { CaseEvent } from '../events'
import { stations } from '../evolve'
import type { CaseState, CorrectionItem } from '../state'
import { draftRun } from './draft-step'
import { noticesGiven } from './notices-given'

/** What a later notice asked for and the first could have. */
export interface MissedItem extends Pick<CorrectionItem, 'kind' | 'name'> {
  /** Whose it was to ask for it then. */
  readonly unitId: string
  /** What that unit wrote then: the first notice, or its own draft of a joint one. */
  readonly writtenAs: 'correction-requested' | 'correction-drafted'
  /** When the applicant was first told what is missing. */
  readonly firstAt: Instant
}

type Notice = CaseEvent & { readonly type: 'correction-requested' }

const keyOf = ({ kind, name }: Pick<CorrectionItem, 'kind' | 'name'>) => `${kind}:${name}`

/**
 * It is, or may be, asked for because of what came after the first notice: it came itself then, or an answer has changed since that
 * it hangs on. A guide does not say which answers a paper shows: after any has changed, the doubt is for whoever wrote the first.
 */
function isBroughtAbout(
  item: Pick<ServiceItem, 'fields'>,
  { changes }: Pick<CaseState, 'changes'>,
  asked: Pick<CorrectionItem, 'kind' | 'name'>,
  firstAt: Instant,
) {
  const since = changes.filter(({ at }) => at > firstAt)
  const answers = since.flatMap(({ fields }) => fields)
  if (asked.kind === 'material')
    return answers.length > 0 || since.some(({ papers }) => papers.includes(asked.name))
  const shownBy = item.fields.find(({ key }) => key === asked.name)?.showWhen?.field
  return answers.includes(asked.name) || (shownBy !== undefined && answers.includes(shownBy))
}

/**
 * What was missed when the first notice was written (行政许可法 第32条: all of it at once): what `notice` asks for and no notice
 * before it did, unless the applicant brought it about since. Nothing where it is the first itself. Of a notice that departments
 * write together each answers for what it asks for later, as it does where all had said that nothing is missing; what none of them
 * asks for is put to nobody.
 */
export function missedItems(item: ServiceItem, before: CaseState, notice: Notice): readonly MissedItem[] {
  if (!notice.second) return []
  const given = noticesGiven(before)
  const [first] = given
  const firstAt = first?.askedAt ?? before.draftsClosedAt
  if (firstAt === undefined) return []
  const asked = new Set(given.flatMap(({ items }) => items.map(keyOf)))
  const lookers = (draftRun(item, before)?.parts ?? []).map(({ unitId }) => unitId)
  return notice.items
    .filter((each) => !asked.has(keyOf(each)) && !isBroughtAbout(item, before, each, firstAt))
    .flatMap(({ kind, name, from = [notice.unitId] }): readonly MissedItem[] => {
      const drafted = from.filter((unitId) => lookers.includes(unitId))
      const missed = { kind, name, firstAt }
      if (drafted.length > 0)
        return drafted.map((unitId) => ({ ...missed, unitId, writtenAs: 'correction-drafted' }))
      // Whoever joined what departments had written asked for nothing of its own: it is nobody's.
      const unitId = lookers.length > 0 && first?.beforeAcceptance ? undefined : first?.unitId
      return unitId === undefined ? [] : [{ ...missed, unitId, writtenAs: 'correction-requested' }]
    })
}

/** What the notices of a whole case have missed, each with the place of its notice among the events, from 1 on. */
export function missedIn(
  item: ServiceItem,
  events: readonly CaseEvent[],
): readonly (MissedItem & { readonly sequence: number; readonly at: Instant })[] {
  const states = stations(item, events)
  return events.flatMap((event, index) => {
    const before = states[index - 1]
    if (event.type !== 'correction-requested' || !before) return []
    return missedItems(item, before, event).map((each) => ({ ...each, sequence: index + 1, at: event.at }))
  })
}

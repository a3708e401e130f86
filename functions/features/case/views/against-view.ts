import type { CaseView } from '#shared/contract/case'
import { decisionKind, issuingOrgan } from '#shared/domain/case/document-kinds'
import type { Standing } from '#shared/domain/case/outcome'
import { remedyDays } from '#shared/domain/case/remedy-days'
import { remedyFrom } from '#shared/domain/case/served-on'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { findRemedy, remedyText } from '#shared/domain/organization/deciding-unit'
import { unitName } from '#shared/domain/organization/registry'
import { type ListedDocument, wholeDocument } from './document-view'
import { reasonIn, type Subject, textOf } from './subject'
import { whoOf } from './timeline-view'

type Against = NonNullable<CaseView['against']>
type AgainstKey = 'refused' | 'declined' | 'revoked'

/**
 * Where one may have it looked at again, and until when; only in what the document itself says, whatever the county has
 * changed since. Where the law asks for something else first, both begin with the answer to that.
 */
function remedyWays(
  { item, state, reference }: Subject,
  organ: string,
  said: string | null,
  key: AgainstKey,
): Against['ways'] {
  const unit = reference.units.get(organ)
  const remedy = unit && findRemedy(item, unit, state.organUnitId)
  if (!remedy || remedy.objection || remedyText(item, unit, state.organUnitId) !== said) return null
  const { reviewAuthority, court } = remedy
  const servedOn = remedyFrom(state, key)
  if (servedOn === null) return { reviewAuthority, court, servedOn: null, reviewUntil: null, suitUntil: null }
  return { reviewAuthority, court, servedOn, ...remedyDays(servedOn, reference.calendar) }
}

/** What was decided against whoever applied, and the organ that signed it; null where nothing was. */
export function decidedAgainst(
  { item, state, reference, read }: Pick<Subject, 'item' | 'state' | 'reference' | 'read'>,
  { key }: Pick<Standing, 'key'>,
) {
  if (key !== 'refused' && key !== 'declined' && key !== 'revoked') return null
  const of = key === 'revoked' ? 'decision-revoked' : key
  const event = read.events.findLast(({ type }) => type === of)
  if (event?.type !== 'refused' && event?.type !== 'declined' && event?.type !== 'decision-revoked')
    return null
  const kind = { declined: 'decline', refused: decisionKind('refuse', item), revoked: 'revocation' }[key]
  return { key, event, organ: issuingOrgan(kind, event.unitId, state, reference.units) }
}

/** The same to be read by them, and what they may do now. */
export function againstOf(
  subject: Subject,
  standing: Pick<Standing, 'key' | 'documentId'>,
  papers: readonly ListedDocument[],
): CaseView['against'] {
  const { item, state, reference } = subject
  const decided = decidedAgainst(subject, standing)
  if (decided === null) return null
  const { event, organ } = decided
  const issued = papers.find(({ id }) => id === standing.documentId)
  const paper = issued && wholeDocument(subject, issued)
  const remedy = paper ? paper.remedy : remedyText(item, reference.units.get(organ), state.organUnitId)
  return {
    on: dayIn(event.at),
    organName: paper?.organName ?? unitName(reference, organ),
    who: whoOf(subject, event),
    documentTitle: paper?.title ?? null,
    reason: textOf(subject, reasonIn(event)),
    deleted: paper?.words === 'deleted',
    remedy,
    ways: remedyWays(subject, organ, remedy, decided.key),
  }
}

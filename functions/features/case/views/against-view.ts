import type { CaseView } from '#shared/contract/case'
import { remedyDays } from '#shared/domain/case/delivery/remedy-days'
import { remedyFrom } from '#shared/domain/case/delivery/served-on'
import type { CaseEventType } from '#shared/domain/case/events'
import type { Standing } from '#shared/domain/case/outcome/outcome'
import { decisionKind, issuingOrgan } from '#shared/domain/case/paper/document-kinds'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { findRemedy, remedyText } from '#shared/domain/organization/deciding-unit'
import { unitName } from '#shared/domain/organization/registry'
import { type ListedDocument, wholeDocument } from './document-view'
import { reasonNow, type Subject } from './subject'
import { whoOf } from './timeline-view'

type Against = NonNullable<CaseView['against']>
type AgainstKey = 'refused' | 'declined' | 'revoked' | 'lapsed'

const EVENT_OF = {
  refused: 'refused',
  declined: 'declined',
  revoked: 'decision-revoked',
  lapsed: 'terminated',
} as const satisfies Record<AgainstKey, CaseEventType>

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
  if (key !== 'refused' && key !== 'declined' && key !== 'revoked' && key !== 'lapsed') return null
  const event = read.events.findLast(({ type }) => type === EVENT_OF[key])
  if (!event) return null
  const signedAt = event.type === 'terminated' ? event.toldBy : 'unitId' in event ? event.unitId : null
  // What ended before it was said in writing was decided by no paper.
  if (!signedAt) return null
  const kind = {
    declined: 'decline',
    refused: decisionKind('refuse', item),
    revoked: 'revocation',
    lapsed: 'termination',
  }[key]
  return { key, event, organ: issuingOrgan(kind, signedAt, state, reference.units) }
}

const NOT_SUPPLIED = '要补的到期没有补。'

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
    // The day came by itself; the organ answers for it.
    who: decided.key === 'lapsed' ? unitName(reference, organ) : whoOf(subject, event),
    documentTitle: paper?.title ?? null,
    reason: decided.key === 'lapsed' ? NOT_SUPPLIED : reasonNow(subject, event),
    deleted: paper?.words === 'deleted',
    remedy,
    ways: remedyWays(subject, organ, remedy, decided.key),
  }
}

import type { CaseEvent } from '../events'
import type { StepTarget } from '../state'
import type { VisitRecord } from './visit-record'

/** A record of a site as its signatures stand, whichever became of the case afterwards. */
export interface WrittenVisit extends StepTarget {
  readonly record: VisitRecord
}

const signedWith = (all: readonly WrittenVisit[], digest: string, officerId: string) =>
  all.map((each) =>
    each.record.digest === digest
      ? { ...each, record: { ...each.record, signedBy: [...each.record.signedBy, officerId] } }
      : each,
  )

/**
 * The paper that took the place of a paper of a site, by the ids of their events: null while not all have signed it; undefined
 * where none was begun. The last one, where that was written anew too.
 */
export function paperAfter(
  events: readonly (CaseEvent & { readonly id: string })[],
  documentId: string,
): string | null | undefined {
  const begun = events.filter(
    (event) => event.type === 'visit-recorded' && event.replaces?.documentId === documentId,
  )
  if (begun.length === 0) return undefined
  const digests = begun.map((event) => (event.type === 'visit-recorded' ? event.record?.digest : undefined))
  const signed = events.filter(
    (event) => event.type === 'visit-signed' && event.completes && digests.includes(event.recordDigest),
  )
  return signed.at(-1)?.id ?? null
}

/**
 * Everything that was written down at the sites of a case, the newest last: what an order or a refusal rests on stays readable
 * after another visit, after the case was sent back, and after it was written anew. 行政许可法 第34条
 */
export function recordsIn(events: readonly CaseEvent[]): readonly WrittenVisit[] {
  let all: readonly WrittenVisit[] = []
  for (const event of events) {
    if (event.type === 'visit-signed') all = signedWith(all, event.recordDigest, event.officerId)
    if (event.type !== 'visit-recorded' || !event.record) continue
    const { stepKey, unitId, at, officerIds, noteDigest, rectifyBy, record, replaces } = event
    const written = { ...record, at, officerIds, noteDigest, rectifyBy, ...(replaces ? { replaces } : {}) }
    all = [...all, { stepKey, unitId, record: written }]
  }
  return all
}

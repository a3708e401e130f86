import { sql } from 'drizzle-orm'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { commitBySystem } from '../../../platform/db/commit'
import { rowsAtMost } from '../../../platform/db/parts/rows-at-most'
import type { Database } from '../../../platform/ports/database'
import type { Reference } from '../../service-item'
import { type CaseRow, caseJson, type StoredWith, TASKS, TEXTS, withCase } from '../case-row'
import type { CaseDeps } from '../deps'
import { itemOf } from '../standing'
import type { CaseTask } from '../task'
import { type CaseText, openContent } from '../texts'
import { foundPart } from '../writes/case-rows'
import type { FoundBy } from '../writes/case-write'
import { actorPart } from '../writes/statement'
import { nameDigests, seenBy } from './search-index'

const PAGE_SIZE = 200

interface Unfound {
  readonly caseRow: CaseRow
  readonly tasks: readonly CaseTask[]
  readonly texts: readonly CaseText[]
  /** Members who have acted on it. */
  readonly actors: readonly string[]
}

async function listUnfound(database: Database, after: string | null, now: Instant) {
  const found = await database.rows<
    StoredWith<Unfound>
  >(sql`select ${caseJson(dayIn(now))} as "caseRow", ${TASKS} as tasks, ${TEXTS} as texts,
      (select coalesce(json_agg(distinct e.actor), '[]'::json) from case_events e
        where e.case_id = c.id and e.actor like 'staff:%') as actors
    from cases c where c.seen_by is null ${after === null ? sql`` : sql`and c.id > ${after}::uuid`}
    order by c.id limit ${rowsAtMost(PAGE_SIZE)}`)
  return found.map((each) => withCase<Unfound>(each))
}

function foundBy(cipher: CaseDeps['cipher'], reference: Reference, unfound: Unfound): FoundBy {
  const { caseRow, tasks, texts, actors } = unfound
  const { id, version, state } = caseRow
  const { applicantName } = openContent(cipher, id, texts, state.answersDigest)
  const seen = seenBy({ item: itemOf(reference, caseRow), state, tasks }, '')
  return {
    caseId: id,
    version,
    nameParts: state.applicant?.disowned ? [] : nameDigests(cipher, applicantName),
    seenBy: [...new Set([...seen, ...actors])].sort(),
  }
}

/**
 * Lets cases be found that were filed before the search was kept, a few at a time; answers how many there were. It may run
 * again at any time: one that was written meanwhile is left to the next run.
 */
export const createFillSearch =
  (deps: Pick<CaseDeps, 'database' | 'cipher' | 'clock' | 'reference'>) => async (): Promise<number> => {
    const reference = await deps.reference.current()
    let filled = 0
    for (let after: string | null = null; ; ) {
      const now = deps.clock.now()
      const page: readonly Unfound[] = await listUnfound(deps.database, after, now)
      const rows = page.map((unfound) => foundBy(deps.cipher, reference, unfound))
      if (rows.length > 0)
        await commitBySystem(deps.database, {
          now,
          parts: [actorPart('system:fill-search'), foundPart(rows)],
        })
      filled += rows.length
      after = page[page.length - 1]?.caseRow.id ?? null
      if (page.length < PAGE_SIZE) return filled
    }
  }

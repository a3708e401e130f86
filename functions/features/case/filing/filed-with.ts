import { sql } from 'drizzle-orm'
import { uploadIdsOf } from '#shared/domain/application/item-answers'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { principalPart } from '../../../platform/http/principal'
import { idsAmong } from '../../application'
import type { Reference } from '../../service-item'
import type { CaseDeps } from '../deps'
import { CAME_TO_NOTHING } from '../later'
import { asksNoNumber, factsOf } from '../whose/applicant'
import { type Application, checkAll, credentialsFor } from './check-application'
import { duplicateIndexesOf } from './duplicates'

/**
 * The case that an application is already, handed in from another tab: it runs, is of the same item and applicant, by the same
 * invoice, name or period where these tell two apart, has every file of the application, and is the filer's own to see. Null for staff who typed it, for a case that somebody else has taken
 * over, and where the earlier one has ended: then its papers are brought anew.
 */
export async function findFiledWith(
  deps: CaseDeps,
  request: { readonly tokenHash: string; readonly application: Application },
  reference: Reference,
): Promise<string | null> {
  const now = deps.clock.now()
  const { item, answers, papers } = await checkAll(deps, request, reference, dayIn(now))
  const files = new Set([...papers.flatMap((paper) => paper.files), ...uploadIdsOf(item, answers)])
  const facts = factsOf(deps.cipher, reference, item, answers, { named: null, today: dayIn(now) })
  const credentials = await credentialsFor(deps, request, item)
  const { keyIndex, duplicateIndex } = duplicateIndexesOf(
    deps.cipher,
    item,
    answers,
    facts.applicant,
    credentials,
  )
  const isForThem = asksNoNumber(item)
    ? sql`true`
    : sql`c.applicant_index is not distinct from ${facts.applicant.numberIndex}`
  const [row] = await deps.database.rows<{ id: string }>(sql`with ${principalPart(request.tokenHash, now)}
    select c.id from (${idsAmong([...files])}) ids join lateral (select * from uploads where uploads.id = ids.id offset 0) u on true
      join principal p on u.owner_id = p.profile_id join cases c on c.id = u.case_id and c.filed_by = p.profile_id
    where c.service_item_id = ${item.id} and c.entered_by is null and (c.owner_id is null or c.owner_id = p.profile_id)
      and c.ended_at is null and not ${CAME_TO_NOTHING} and ${isForThem}
      and c.key_index is not distinct from ${keyIndex}
      and coalesce(c.duplicate_index = ${duplicateIndex}, true)
    group by c.id having count(*) = ${files.size}::int`)
  return row?.id ?? null
}

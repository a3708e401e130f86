import { sql } from 'drizzle-orm'
import type { ConsentEntry } from '#shared/domain/reminder/consents'
import { commitBySystem } from '../../platform/db/commit'
import { entriesOf, projected } from '../../platform/db/parts/consents'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'

export interface BookEntry extends ConsentEntry {
  readonly openid: string
  readonly templateId: string
}

/** More than ever write to one person's consents at once. */
const MOST_TRIES = 100

/**
 * Writes entries into the book, once each, and counts anew what is left. Whoever wrote to the same consents meanwhile has
 * not been counted: then nothing is written, and it is done again.
 */
export async function bookConsents(
  { database, clock, appid }: { readonly database: Database; readonly clock: Clock; readonly appid: string },
  entries: readonly BookEntry[],
) {
  const rows = entries.map(({ templateId, deliveryId, refusedAt, ...entry }) => ({
    ...entry,
    template_id: templateId,
    delivery_id: deliveryId,
    refused_at: refusedAt,
  }))
  for (let left = entries.length, tries = 0; left > 0; tries += 1) {
    if (tries === MOST_TRIES) throw new Error('the book of consents is never at rest')
    left = await commitBySystem<number>(database, {
      now: clock.now(),
      parts: [
        // Of whoever has closed their account, or was never here, nothing is kept.
        sql`wanted as (select distinct on (g.key) g.* from ${entriesOf(rows)} where not exists (select 1 from consent_entries e where e.key = g.key)
          and exists (select 1 from wechat_identities i where i.appid = ${appid} and i.openid = g.openid))`,
        sql`pairs as (select distinct openid, template_id from wanted)`,
        sql`every as (select e.* from pairs p join consent_entries e on e.openid = p.openid and e.template_id = p.template_id
          union all select * from wanted)`,
        sql`booked as (insert into consent_credits as c (openid, template_id, credits, refused_at, reset_at, updated_at, version)
          select p.openid, p.template_id, p.credits, p.refused_at, p.reset_at, p.updated_at,
            1 + coalesce((select k.version from consent_credits k where k.openid = p.openid and k.template_id = p.template_id), 0)
          from (${projected(sql.raw('every'))}) p order by p.openid, p.template_id
          on conflict (openid, template_id) do update set credits = excluded.credits, refused_at = excluded.refused_at,
            reset_at = excluded.reset_at, updated_at = excluded.updated_at, version = excluded.version
            where c.version = excluded.version - 1
          returning c.openid, c.template_id)`,
        sql`kept as (insert into consent_entries (key, openid, template_id, kind, at, delivery_id, credits, refused_at)
          select w.* from wanted w join booked b on b.openid = w.openid and b.template_id = w.template_id)`,
      ],
      answer: sql`(select to_json(count(*)) from wanted w where not exists (select 1 from booked b
        where b.openid = w.openid and b.template_id = w.template_id))`,
    })
  }
}

import { type SQL, sql } from 'drizzle-orm'

const EVERY =
  sql.raw(`key text, openid text, template_id text, kind text, at timestamptz(3), delivery_id uuid,
  credits integer, refused_at timestamptz(3)`)

/** Entries that are not in the book yet, as rows of its columns. */
export const entriesOf = (entries: readonly object[]): SQL =>
  sql`jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as g(${EVERY})`

/**
 * What the entries of the part `every` leave of each person's consents by template: `shared/domain/reminder/consents.ts` as
 * a statement. `updated_at` is the newest of them.
 */
export const projected = (every: SQL): SQL => sql`select e.openid, e.template_id,
    (coalesce(case when bool_and(e.kind = 'opening') filter (where e.resets and e.at = e.reset_at)
        then max(e.credits) filter (where e.kind = 'opening') end, 0)
      + count(*) filter (where e.kind = 'accepted' and e.counts)
      - count(*) filter (where e.kind = 'spent' and e.counts and not e.is_back))::int as credits,
    case when max(e.at) filter (where e.kind = 'accepted') > max(e.refused) then null else max(e.refused) end as refused_at,
    max(e.reset_at) as reset_at, max(e.at) as updated_at
  from (select b.*, b.reset_at is null or b.at > b.reset_at as counts from (select a.*,
      a.kind in ('opening', 'rejected', 'none-left') as resets,
      case a.kind when 'opening' then a.refused_at when 'rejected' then a.at when 'refused-in-page' then a.at end as refused,
      max(a.at) filter (where a.kind in ('opening', 'rejected', 'none-left')) over of_template as reset_at,
      a.kind = 'spent' and bool_or(a.kind = 'given-back') over (partition by a.openid, a.template_id, a.delivery_id) as is_back
    from ${every} a window of_template as (partition by a.openid, a.template_id)) b) e
  group by e.openid, e.template_id`

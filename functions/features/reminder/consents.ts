import { sql } from 'drizzle-orm'
import type { Consents } from '#shared/contract/reminder'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { CONSENT_TEMPLATES, WORK_TEMPLATES } from '#shared/domain/reminder/templates'
import { commit } from '../../platform/db/commit'
import type { Intent } from '../../platform/http/idempotency'
import { findFor, sessionPrincipal } from '../../platform/http/principal'
import type { Database } from '../../platform/ports/database'
import type { MessageTemplates } from '../../platform/ports/message-templates'

interface Session {
  readonly tokenHash: string
  readonly now: Instant
}

const offered = (templates: Record<string, object>, { idOf }: MessageTemplates) =>
  JSON.stringify(
    Object.entries(templates).map(([name, words]) => ({ name, templateId: idOf(name), ...words })),
  )

/** Needs `principal`: what may be asked for, which is nothing of whoever wants no WeChat, with what this WeChat account has left of it; `refused` in this very statement. */
const consentsJson = (
  templates: MessageTemplates,
  refused: readonly string[] = [],
) => sql`(select json_build_object(
    'items', coalesce(json_agg(json_build_object('templateId', o."templateId", 'title', o.title, 'purpose', o.purpose,
      'credits', greatest(coalesce(k.credits, 0), 0), 'refused', k.refused_at is not null
        or jsonb_exists(${JSON.stringify(refused)}::jsonb, o.name)) order by o.name) filter (where not jsonb_exists(coalesce(p.unwanted_ways, '[]'), 'wechat')), '[]'::json),
    'work', ${offered(WORK_TEMPLATES, templates)}::json)
  from principal left join profiles p on p.id = principal.profile_id cross join jsonb_to_recordset(${offered(CONSENT_TEMPLATES, templates)}::jsonb)
    as o(name text, "templateId" text, title text, purpose text)
  left join lateral (select k.credits, k.refused_at from consent_credits k
    where k.openid = principal.openid and k.template_id = o.name limit 1) k on true)`

/** One round trip: who asks, and what is left of their consents. */
export async function findConsents(
  database: Database,
  templates: MessageTemplates,
  { tokenHash, now }: Session,
) {
  const select = sql`${consentsJson(templates)} as consents`
  const found = await findFor<{ consents: Consents }>(database, { tokenHash, now }, { select })
  return { principal: found?.principal ?? null, consents: found?.consents ?? { items: [], work: [] } }
}

/**
 * A report of the page can be forged and arrives twice: an accept in it counts nothing, WeChat's push does. A refusal is
 * believed, so that the card is not shown again at once.
 */
export const reportChoices = (
  database: Database,
  templates: MessageTemplates,
  { tokenHash, now }: Session,
  choices: readonly { readonly templateId: string; readonly choice: string }[],
  intent: Intent,
) => {
  const refused = choices
    .filter(({ choice }) => /^(reject|ban)$/.test(choice))
    .map(({ templateId }) => templates.nameOf(templateId))
    .filter((name) => Object.hasOwn(CONSENT_TEMPLATES, name))
  return commit(database, {
    by: sessionPrincipal(tokenHash, now),
    parts: [
      sql`refused as (
        insert into consent_credits as c (openid, template_id, credits, refused_at, updated_at, version)
        select distinct principal.openid, each.template_id, 0, ${now}::timestamptz, ${now}::timestamptz, 1
        from principal cross join jsonb_array_elements_text(${JSON.stringify(refused)}::jsonb) as each(template_id)
        order by 1, 2
        on conflict (openid, template_id) do update set version = c.version + 1,
          refused_at = greatest(excluded.refused_at, c.updated_at + interval '1 millisecond'),
          updated_at = greatest(excluded.refused_at, c.updated_at + interval '1 millisecond')
          where c.refused_at is null
        returning c.openid, c.template_id, c.refused_at as at)`,
      sql`booked as (insert into consent_entries (key, openid, template_id, kind, at)
        select 'refused-in-page:' || openid || ':' || extract(epoch from at) || ':' || template_id, openid, template_id,
          'refused-in-page', at from refused)`,
    ],
    demands: [],
    intent,
    status: 200,
    answer: consentsJson(templates, refused),
    now,
  })
}

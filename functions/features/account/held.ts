import { sql } from 'drizzle-orm'
import type { SATISFACTION } from '#shared/contract/rating.labels'
import type { ReminderSettings } from '#shared/contract/reminder-settings'
import type { KeptConsent } from '#shared/domain/account/consents'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import type { StaffRole } from '#shared/domain/organization/staff'
import { opensPapers } from '../../platform/db/parts/held'
import { leftFilings } from '../../platform/db/parts/left-filings'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import { ProblemError } from '../../platform/http/problem'
import type { AccountDeps } from './accounts'

/** What is kept of a person beside their cases, as it is sealed. */
export interface Held {
  readonly name: string | null
  readonly idNumber: string | null
  readonly phone: string | null
  readonly level: number
  readonly village: string | null
  readonly elderMode: boolean
  readonly silenced: readonly string[]
  readonly unwantedWays: readonly string[]
  readonly night: ReminderSettings['night'] | null
  readonly consents: readonly KeptConsent[]
  readonly wechats: readonly {
    readonly openid: string
    /** WeChat's one number of a person at all accounts of the county; null where it gave none. */
    readonly unionid: string | null
    readonly from: PlainDate
  }[]
  /** As whom they follow the official account, by the newest day on which WeChat said so. */
  readonly follows: readonly { readonly openid: string; readonly knownOn: PlainDate }[]
  readonly credits: readonly {
    readonly templateId: string
    readonly left: number
    readonly refused: boolean
  }[]
  readonly sessions: readonly {
    readonly device: string
    /** Of a computer, masked. */
    readonly address: string | null
    readonly from: PlainDate
    readonly last: PlainDate
  }[]
  /** Null where they do not open. */
  readonly papers: readonly { readonly name: string; readonly until: PlainDate | null }[] | null
  readonly unsent: readonly { readonly id: string; readonly name: string; readonly from: PlainDate }[]
  readonly ratings: readonly {
    readonly id: string
    readonly number: string
    readonly level: keyof typeof SATISFACTION
    readonly words: string | null
  }[]
  readonly firms: readonly {
    readonly name: string
    /** In how many items; null: in all. */
    readonly items: number | null
    readonly until: PlainDate | null
  }[]
  readonly staff: {
    readonly name: string
    readonly active: boolean
    readonly roles: readonly { readonly role: StaffRole; readonly unit: string }[]
  } | null
  readonly factorOn: PlainDate | null
  readonly acts: readonly { readonly on: PlainDate; readonly action: string; readonly byOneself: boolean }[]
  readonly days: readonly PlainDate[]
  /** Filed by accounts that they have closed, which still count. */
  readonly left: number
}

/** The newest of what has no end of its own. */
const MOST = 200

const dayOf = (column: string) => sql.raw(`to_char(${column} at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`)

/** One round trip; 401 without a profile. */
export async function findHeld({ database }: AccountDeps, profileId: string): Promise<Held> {
  const [held] = await database.rows<Held>(sql`select p.name_sealed as name, p.id_number_sealed as "idNumber",
      p.phone_sealed as phone, p.real_name_level as level, v.name as village, p.elder_mode as "elderMode", p.silenced,
      p.unwanted_ways as "unwantedWays", p.night, p.consents,
      (select coalesce(json_agg(json_build_object('openid', i.openid, 'unionid', i.unionid, 'from', ${dayOf('i.created_at')})
        order by i.created_at), '[]'::json) from wechat_identities i where i.profile_id = p.id) as wechats,
      (select coalesce(json_agg(json_build_object('openid', f.openid, 'knownOn', ${dayOf('f.learnt_at')}) order by f.openid), '[]'::json)
        from followers f where f.unionid in (select i.unionid from wechat_identities i where i.profile_id = p.id)) as follows,
      (select coalesce(json_agg(json_build_object('templateId', k.template_id, 'left', greatest(k.credits, 0),
        'refused', k.refused_at is not null) order by k.template_id), '[]'::json)
        from wechat_identities i join consent_credits k on k.openid = i.openid where i.profile_id = p.id) as credits,
      (select coalesce(json_agg(json_build_object('device', s.device, 'address', s.address,
        'from', ${dayOf('s.created_at')}, 'last', ${dayOf('s.last_seen_at')}) order by s.last_seen_at desc), '[]'::json)
        from sessions s where s.profile_id = p.id) as sessions,
      case when ${opensPapers} then (select coalesce(json_agg(json_build_object('name', h.name, 'until', h.valid_to)
        order by h.name, h.id), '[]'::json) from credentials h where h.holder_index = p.id_number_index) end as papers,
      (select coalesce(json_agg(json_build_object('id', u.id, 'name', u.name_sealed, 'from', ${dayOf('u.created_at')})
        order by u.created_at desc), '[]'::json)
        from (select * from uploads where owner_id = p.id and case_id is null
          order by created_at desc limit ${rowsAtMost(MOST)}) u) as unsent,
      (select coalesce(json_agg(json_build_object('id', r.case_id, 'number', c.case_number, 'level', r.level,
        'words', r.comment_sealed)), '[]'::json)
        from ratings r join cases c on c.id = r.case_id where r.rated_by = p.id) as ratings,
      (select coalesce(json_agg(json_build_object('name', e.name, 'items', cardinality(a.item_ids), 'until', a.until)), '[]'::json)
        from enterprise_agents a join enterprises e on e.id = a.enterprise_id where a.profile_id = p.id) as firms,
      (select json_build_object('name', t.name, 'active', t.active, 'roles', (select coalesce(json_agg(json_build_object(
          'role', r.role, 'unit', o.name) order by r.role, r.unit_id), '[]'::json)
          from staff_roles r join units o on o.id = r.unit_id where r.staff_id = t.id))
        from staff t where t.id = p.staff_id) as staff,
      (select ${dayOf('f.confirmed_at')} from second_factors f where f.profile_id = p.id) as "factorOn",
      (select coalesce(json_agg(json_build_object('on', ${dayOf('w.at')}, 'action', w.action,
        'byOneself', coalesce(w.actor in ('profile:' || p.id, 'staff:' || p.staff_id), false)) order by w.at desc, w.id desc), '[]'::json)
        from (select * from audit_entries where subject in ('profile:' || p.id, 'staff:' || p.staff_id)
          order by at desc, id desc limit ${rowsAtMost(MOST)}) w) as acts,
      (select coalesce(json_agg(d.day order by d.day desc), '[]'::json)
        from activity_days d where d.profile_id = p.id) as days,
      (select count(*)::int from ${leftFilings(sql`p.id`)} l) as left
    from profiles p left join units v on v.id = p.village_code where p.id = ${profileId}::uuid`)
  if (!held) throw new ProblemError('account.session-ended')
  return held
}

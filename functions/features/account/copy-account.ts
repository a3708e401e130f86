import { sql } from 'drizzle-orm'
import type { AccountCopy } from '#shared/contract/account'
import { CONSENT_NAMES } from '#shared/contract/account.labels'
import { SATISFACTION } from '#shared/contract/rating.labels'
import type { KeptConsent } from '#shared/domain/account/consents'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { Brake } from '../../platform/http/brake'
import type { Principal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import { wechatIndexOf } from '../../platform/ports/cipher'
import { sealedIn } from '../../platform/ports/sealed-in'
import type { AccountDeps } from './accounts'
import { demandPhone } from './change-profile'

/** Each look at its page is one. */
const COPIES_A_DAY = 20

/** Of a case of one's own. */
export interface CopiedCase {
  readonly number: string
  readonly item: string
  /** Null of one's own. */
  readonly whose: string | null
  readonly byOneself: boolean
  readonly filedOn: PlainDate
  /** How it stands, as the list says it. */
  readonly word: string
  /** What was asked and what was answered, each in words. */
  readonly answers: readonly (readonly [string, string])[]
  /** Each paper, and what was brought of it. */
  readonly papers: readonly (readonly [string, string])[]
  /** What happened to it and who looked at it, by day. */
  readonly history: readonly (readonly [string, string])[]
}

/** What the case feature knows of a person's cases, the newest first, given by app.ts: it comes after this one. */
export type CopiedCases = (
  tokenHash: string,
) => Promise<{ readonly cases: readonly CopiedCase[]; readonly hasMore: boolean }>

interface Held {
  readonly name: string | null
  readonly idNumber: string | null
  readonly phone: string | null
  readonly level: number
  readonly village: string | null
  readonly consents: readonly KeptConsent[]
  readonly sessions: readonly { readonly device: string; readonly from: string; readonly last: string }[]
  readonly ratings: readonly {
    readonly id: string
    readonly number: string
    readonly level: keyof typeof SATISFACTION
    readonly words: string | null
  }[]
  readonly firms: readonly { readonly name: string; readonly until: string | null }[]
  readonly days: readonly string[]
}

const dayOf = (column: string) => sql.raw(`to_char(${column} at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`)

async function findHeld({ database }: AccountDeps, profileId: string): Promise<Held> {
  const [held] = await database.rows<Held>(sql`select p.name_sealed as name, p.id_number_sealed as "idNumber",
      p.phone_sealed as phone, p.real_name_level as level, v.name as village, p.consents,
      (select coalesce(json_agg(json_build_object('device', s.device, 'from', ${dayOf('s.created_at')},
        'last', ${dayOf('s.last_seen_at')}) order by s.last_seen_at desc), '[]'::json)
        from sessions s where s.profile_id = p.id) as sessions,
      (select coalesce(json_agg(json_build_object('id', r.case_id, 'number', c.case_number, 'level', r.level,
        'words', r.comment_sealed)), '[]'::json)
        from ratings r join cases c on c.id = r.case_id where r.rated_by = p.id) as ratings,
      (select coalesce(json_agg(json_build_object('name', e.name, 'until', a.until)), '[]'::json)
        from enterprise_agents a join enterprises e on e.id = a.enterprise_id where a.profile_id = p.id) as firms,
      (select coalesce(json_agg(d.day order by d.day desc), '[]'::json)
        from activity_days d where d.profile_id = p.id) as days
    from profiles p left join units v on v.id = p.village_code where p.id = ${profileId}::uuid`)
  if (!held) throw new ProblemError('account.session-ended')
  return held
}

const LEVELS = ['没登记', '登记了手机号', '填了姓名和身份证号', '微信核过']

/** What is known of the person themselves, in plain words, to be kept by them: on their phone alone. 个人信息保护法 第45条 */
export async function copyAccount(
  deps: AccountDeps & { readonly brake: Brake; readonly copiedCases: CopiedCases },
  principal: Principal,
  tokenHash: string,
): Promise<AccountCopy> {
  demandPhone(principal)
  const { profileId } = principal
  const today = dayIn(deps.clock.now())
  await deps.brake.limit('account-copies', wechatIndexOf(deps.cipher, principal), COPIES_A_DAY, today, {
    title: '今天要过好几份了',
    detail: `一天能要 ${COPIES_A_DAY} 份，明天再要`,
  })
  const held = await findHeld(deps, profileId)
  const { cases, hasMore } = await deps.copiedCases(tokenHash)
  const open = (sealed: string | null, part: 'name' | 'idNumber' | 'phone') =>
    sealed === null ? null : deps.cipher.decrypt(sealed, sealedIn.profile(profileId, part))
  return {
    哪天要的: today,
    登记的: {
      姓名: open(held.name, 'name'),
      身份证号: open(held.idNumber, 'idNumber'),
      手机号: open(held.phone, 'phone'),
      住的村: held.village,
      登记到哪: LEVELS[held.level] ?? '',
    },
    同意过的: held.consents.map(({ purpose, version, at, withdrawnAt }) => ({
      同意什么: CONSENT_NAMES[purpose],
      哪一版: version,
      哪天: dayIn(at as Instant),
      哪天收回: withdrawnAt ? dayIn(withdrawnAt as Instant) : null,
    })),
    登录过的设备: held.sessions.map(({ device, from, last }) => ({ 设备: device, 哪天起: from, 最近: last })),
    办件: cases.map(({ number, item, whose, byOneself, filedOn, word, answers, papers, history }) => ({
      编号: number,
      事项: item,
      给谁办: whose ?? '自己',
      谁交的: byOneself ? '自己' : '别人交的',
      哪天交: filedOn,
      办到哪: word,
      填的: answers,
      交的材料: papers,
      '谁办过、看过': history,
    })),
    ...(hasMore ? { 更早的办件: `只写了最近的 ${cases.length} 件，更早的在“办件”里。` } : {}),
    评过的: held.ratings.map(({ id, number, level, words }) => ({
      编号: number,
      评分: SATISFACTION[level],
      写的话: words === null ? null : deps.cipher.decrypt(words, sealedIn.ratingComment(id)),
    })),
    替哪家公司办事: held.firms.map(({ name, until }) => ({ 公司: name, 到哪天: until })),
    哪天用过: held.days,
    别的: '交的照片，在“办件”里打开那一件看得到；消息在“消息”里。',
  }
}

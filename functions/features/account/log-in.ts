import { sql } from 'drizzle-orm'
import type { SessionCreated } from '#shared/contract/account'
import { type ConsentedAct, consentsLacking } from '#shared/domain/account/consents'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { commitBySystem } from '../../platform/db/commit'
import { hashToken, SESSION_DAYS } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import { wechatIndexOf } from '../../platform/ports/cipher'
import { type AccountDeps, readAccount } from './accounts'
import { type Asked, bothConsents, consentsAsked, type Given, givenConsents } from './consents'
import { endedByLogIn } from './sessions'

const TOKEN_BYTES = 32
const ACT: ConsentedAct = 'log-in'

/** Days later, as an instant. */
const inDays = (now: Instant, days: number) => new Date(Date.parse(now) + days * 86_400_000).toISOString()

/**
 * Exchanges WeChat's login code for a session of our own: unknown openids get a fresh profile, two openids of one
 * open-platform person (unionid) share theirs. Two round trips: the session, then the account it opens. Of whoever is new
 * nothing is kept before they have agreed: 409, naming to what. After the last day for applications they are taken all the same:
 * a successor is invited, and whoever has a case that was typed at a window answers in it. 个人信息保护法 第6条、第14条、第17条
 */
export const createLogIn =
  (deps: AccountDeps) =>
  async (code: string, device: string, given: Given): Promise<SessionCreated> => {
    const asked = await consentsAsked(deps, ACT, given)
    const exchange = await deps.wechat.exchangeLogin(code)
    if (exchange.kind === 'code-invalid') throw new ProblemError('account.login-code-invalid')
    if (exchange.kind === 'blocked') throw new ProblemError('account.login-blocked')
    if (exchange.kind === 'unavailable')
      throw new ProblemError('server.unavailable', { detail: '微信没有回应，再点一次登录' })
    const token = deps.ids.secret(TOKEN_BYTES)
    const now = deps.clock.now()
    const expiresAt = inDays(now, SESSION_DAYS)
    const profileId = await openSession(deps, exchange, {
      tokenHash: hashToken(token),
      device,
      now,
      expiresAt,
      given,
      asked,
    })
    return { token, expiresAt, account: await readAccount(deps, profileId) }
  }

interface Opening {
  readonly tokenHash: string
  readonly device: string
  readonly now: Instant
  readonly expiresAt: string
  readonly given: Given
  readonly asked: Asked
}

async function openSession(
  { cipher, database, ids }: AccountDeps,
  { appid, openid, unionid }: { appid: string; openid: string; unionid: string | null },
  { tokenHash, device, now, expiresAt, given, asked }: Opening,
): Promise<string> {
  const consents = givenConsents(given, ACT, now)
  const hasAgreed = consentsLacking(asked.needed, [], given).length === 0
  const opening = commitBySystem<string>(database, {
    now,
    parts: [
      // An account that its person has closed is nobody’s, whatever still leads to it.
      sql`open_identities as (select i.* from wechat_identities i join profiles p on p.id = i.profile_id and p.closed_at is null
        where (i.appid = ${appid} and i.openid = ${openid}) or i.unionid = ${unionid}::text)`,
      sql`known as (select id, profile_id from open_identities where appid = ${appid} and openid = ${openid})`,
      sql`sibling as (
        select profile_id from open_identities where unionid = ${unionid}::text order by created_at limit 1)`,
      sql`newborn as (
        insert into profiles (id, real_name_level, elder_mode, consents, created_at, demo)
        select ${ids.next()}::uuid, 0, false, ${consents}, ${now}::timestamptz, false
        where not exists (select 1 from known) and not exists (select 1 from sibling) returning id)`,
      sql`met as (
        insert into wechat_identities (id, appid, openid, unionid, profile_id, created_at, wechat_index)
        select ${ids.next()}::uuid, ${appid}, ${openid}, ${unionid},
          coalesce((select profile_id from sibling), (select id from newborn)), ${now}::timestamptz,
          ${wechatIndexOf(cipher, { appid, openid })}
        where not exists (select 1 from known)
        on conflict (appid, openid) do update set unionid = excluded.unionid, wechat_index = excluded.wechat_index,
          profile_id = case when exists (select 1 from profiles p where p.id = wechat_identities.profile_id
            and p.closed_at is not null) then excluded.profile_id else wechat_identities.profile_id end
        returning id, profile_id)`,
      sql`owner as (select * from known union all select * from met)`,
      sql`agreed as (update profiles p set consents = ${bothConsents(sql`p.consents`, consents)} from owner
        where p.id = owner.profile_id and jsonb_array_length(${consents}) > 0
          and p.consents <> ${bothConsents(sql`p.consents`, consents)})`,
      sql`noted_day as (
        insert into activity_days (day, profile_id)
        select ${dayIn(now)}::date, profile_id from owner on conflict do nothing)`,
      sql`opened as (
        insert into sessions (id, token_hash, profile_id, identity_id, device, created_at, last_seen_at, expires_at)
        select ${ids.next()}::uuid, ${tokenHash}, owner.profile_id, owner.id, ${device}, ${now}::timestamptz,
          ${now}::timestamptz, ${expiresAt}::timestamptz from owner limit 1
        returning profile_id)`,
      endedByLogIn(sql`owner`, now),
    ],
    demands: [
      {
        holds: sql`${hasAgreed}::boolean or not exists(select 1 from newborn)`,
        code: 'account.consent-needed',
      },
      { holds: sql`exists(select 1 from opened)`, code: 'server.error' },
    ],
    answer: sql`(select to_json(profile_id) from opened)`,
  })
  return opening.catch((cause: unknown) => {
    throw cause instanceof ProblemError && cause.code === 'account.consent-needed' ? asked.refused() : cause
  })
}

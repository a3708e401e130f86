import { type SQL, sql } from 'drizzle-orm'
import type { AccountClosing } from '#shared/contract/account-closing'
import { hasOwnerTakenPart } from '#shared/domain/case/state'
import { isDisowned } from '#shared/domain/case/whose/identity'
import { standsInTheWay } from '#shared/domain/case/whose/stands-in-the-way'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { REVISION, type Revision } from '../../../platform/db/parts/revision'
import { findFor, type Principal } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import { wechatIndexOf } from '../../../platform/ports/cipher'
import type { CaseDeps } from '../deps'
import { answersIt, ownClaim, referenceAt } from '../standing'
import { FORGOTTEN } from '../writes/forgotten'
import { IS_OTHERS_TO_DISOWN, leftFilingsPart } from '../writes/left-filings'
import { standOf, summaryOf } from './list-cases'
import {
  FILED_BY_ME,
  type ListedCase,
  listedFrom,
  ME,
  MY_NUMBER,
  mine,
  myCasesColumn,
  type StoredListed,
} from './list-queries'

/** The cases of whoever leaves. */
export interface CasesOnLeaving {
  readonly principal: Principal
  readonly open: AccountClosing['openCases']
  /** Over, and theirs. */
  readonly ended: number
  /** Theirs, and the office goes on with them alone. */
  readonly goingOn: number
  /** What they filed and its owner has disowned. */
  readonly disowned: number
  /** What they filed under a number not theirs, and its owner may disown yet. */
  readonly disownable: number
  /** Whether, at the moment of writing, what is open is what was found here. */
  readonly stands: SQL
  /** To be written with the closing. */
  readonly parts: readonly SQL[]
}

/** By two indexes, one each. */
const ofMine = (more: SQL) => sql`select c.id, c.version from cases c where ${FILED_BY_ME} and ${more}
  union select c.id, c.version from cases c where c.applicant_index = ${MY_NUMBER} and ${more}`
const OPEN = ofMine(sql`c.ended_at is null`)

/** Which cases are open, and how far each has come. */
const OPEN_MARK = sql`(select md5(coalesce(string_agg(o.id::text || o.version::text, ',' order by o.id), '')) from (${OPEN}) o)`

const isInTheWay = (row: ListedCase, stand: ReturnType<typeof standOf>, principal: Principal) => {
  const held = { ...row, state: stand.own }
  const { owner, filer, isOther } = ownClaim(held, principal)
  return standsInTheWay({
    status: stand.stand.status,
    owner,
    files: filer && answersIt(held, principal),
    isOther,
    ownerTookPart: hasOwnerTakenPart(stand.own),
    disowned: isDisowned(stand.own),
  })
}

/** What of a person's cases stands in the way of closing their account, and how many are over. 401 without a session. */
export const createCasesOnLeaving =
  ({ cipher, database, clock, ...deps }: Pick<CaseDeps, 'cipher' | 'database' | 'clock' | 'reference'>) =>
  async (tokenHash: string): Promise<CasesOnLeaving> => {
    const now = clock.now()
    const found = await findFor<{
      readonly revision: Revision
      readonly cases: readonly StoredListed[]
      readonly ended: number
      readonly mark: string
      readonly disowned: number
      readonly disownable: number
      readonly wechats: readonly { readonly appid: string; readonly openid: string }[]
    }>(
      database,
      { tokenHash, now },
      {
        parts: [mine(sql`select id from (${OPEN}) o`)],
        select: sql`${REVISION} as revision, ${myCasesColumn(now)} as cases, ${OPEN_MARK} as mark,
          (select count(*)::int from (${ofMine(sql`c.ended_at is not null`)}) e) as ended,
          (select count(*)::int from cases c where c.filed_by = ${ME} and c.entered_by is null and c.was_disowned) as disowned,
          (select count(*)::int from cases c join profiles w on w.id = c.filed_by where c.filed_by = ${ME}
            and c.entered_by is null and not c.was_disowned and ${IS_OTHERS_TO_DISOWN}) as disownable,
          (select json_agg(json_build_object('appid', i.appid, 'openid', i.openid)) from wechat_identities i
            where i.profile_id = ${ME}) as wechats`,
      },
    )
    const principal = found?.principal
    if (!found || !principal) throw new ProblemError('account.session-ended')
    const reference = await referenceAt(deps, found.revision)
    const rows = await listedFrom(database, found.cases, dayIn(now))
    const open = rows.filter((row) => isInTheWay(row, standOf(row, reference, now), principal))
    return {
      principal,
      open: open.map((row) => {
        const { id, plainName, applicantMasked, statusText, missing, dueOn, dueDoubted, waitsForMe } =
          summaryOf(row, { principal, name: null }, reference, now)
        const isTheirOwn = row.applicantIndex !== null && row.applicantIndex === principal.idNumberIndex
        return {
          id,
          plainName,
          whose: isTheirOwn ? null : applicantMasked,
          statusText,
          missing: waitsForMe === 'correction' ? missing : [],
          dueOn,
          ...(dueDoubted ? { dueDoubted } : {}),
        }
      }),
      ended: found.ended,
      goingOn: rows.length - open.length,
      stands: sql`${OPEN_MARK} = ${found.mark}`,
      disowned: found.disowned,
      disownable: found.disownable,
      parts: [
        FORGOTTEN,
        leftFilingsPart(
          found.wechats.map((each) => wechatIndexOf(cipher, each)),
          now,
        ),
      ],
    }
  }

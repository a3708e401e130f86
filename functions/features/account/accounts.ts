import { type SQL, sql } from 'drizzle-orm'
import type { Account } from '#shared/contract/account'
import { STAFF_ROLE_LABELS } from '#shared/contract/case.labels'
import type { Agreement } from '#shared/domain/account/agreements'
import { isUnderFourteen } from '#shared/domain/account/guardian'
import { birthOfIdNumber, maskIdNumber, maskName, maskPhone } from '#shared/domain/kernel/digits'
import { dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { StaffRole } from '#shared/domain/organization/staff'
import type { StaleReference } from '../../platform/db/commit'
import { leftTasks, ownCases } from '../../platform/db/parts/barred-staff'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import { unreadOf } from '../../platform/db/parts/unread'
import { ProblemError } from '../../platform/http/problem'
import type { Cipher } from '../../platform/ports/cipher'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { Identity } from '../../platform/ports/identity'
import type { Ids } from '../../platform/ports/ids'
import { sealedIn } from '../../platform/ports/sealed-in'
import type { Wechat } from '../../platform/ports/wechat'

export interface AccountDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly cipher: Cipher
  readonly wechat: Wechat
  readonly identity: Identity
  /** What the county lays before its residents, in all versions; none before its pack has any. */
  readonly agreements: () => Promise<readonly Agreement[]>
  /** A message of the inbox, sealed for its row. */
  readonly sealMessage: (id: string, body: SealedMessage) => string
  /** Somebody has come to their posts: what stands with others meanwhile is theirs. Waited for by nobody. */
  readonly memberCame: () => void
  /** Somebody works here no more: what waited for them goes to others. Waited for by nobody. */
  readonly memberLeft: () => void
  /** What a holder of a pool is told that `count` cases come back to, whom `name` had in hand: sealed for its row. */
  readonly sealWorkLeft: (
    id: string,
    left: { readonly name: string; readonly count: number; readonly caseNumber: string },
  ) => {
    readonly kind: string
    readonly urgent: boolean
    readonly channel: string
    readonly templateId: string
    readonly bodySealed: string
  }
  /**
   * What tells whoever is confirmed with a number of the cases that others entered for it; of all their accounts the first
   * is told. Given by app.ts, since cases come after accounts.
   */
  readonly tellNewOwner: (owner: {
    readonly numberIndex: string
    readonly profileIds: readonly [string, ...string[]]
  }) => Promise<readonly SQL[]>
  /** What writes the confirmed name and number into the cases that the person filed for themselves under others. */
  readonly followFiler: (filer: {
    readonly profileId: string
    readonly person: { readonly name: string; readonly idNumber: string }
    readonly joinedInto?: string
  }) => Promise<Following>
}

/** To be written with the confirmation, and with the joining of the account that it leads into; after it `done`. */
interface Following {
  readonly parts: readonly SQL[]
  readonly demands: readonly { readonly holds: SQL; readonly code: StaleReference }[]
  readonly done: () => void
}

interface SealedMessage {
  readonly title: string
  readonly lines: readonly string[]
  readonly page: string
  readonly data: Readonly<Record<string, string>>
}

interface AccountRow {
  readonly id: string
  readonly realNameLevel: number
  readonly nameSealed: string | null
  readonly idNumberSealed: string | null
  readonly phoneSealed: string | null
  readonly villageCode: string | null
  readonly villageName: string | null
  readonly elderMode: boolean
  readonly staffId: string | null
  readonly secondFactor: boolean
  readonly roles: readonly { readonly role: StaffRole; readonly unitId: string; readonly unitName: string }[]
  readonly openTasks: number
  readonly unread: number
}

/** Beyond this many nobody counts: a page shows 99+. */
const TASKS_COUNTED = 100

/** One round trip: the person, their roles and what waits for them. */
async function findAccount(
  deps: Pick<AccountDeps, 'database' | 'cipher' | 'clock'>,
  profileId: string,
): Promise<Account | undefined> {
  const memberId = sql`(select staff_id from profiles where id = ${profileId}::uuid)`
  const now = deps.clock.now()
  const today = dayIn(now)
  const [row] = await deps.database.rows<AccountRow>(sql`select p.id, p.real_name_level as "realNameLevel",
    p.name_sealed as "nameSealed", p.id_number_sealed as "idNumberSealed", p.phone_sealed as "phoneSealed",
    p.village_code as "villageCode", v.name as "villageName", p.elder_mode as "elderMode", s.id as "staffId",
    exists(select 1 from second_factors f where f.profile_id = p.id and f.confirmed_at is not null) as "secondFactor",
    (select coalesce(json_agg(json_build_object('role', r.role, 'unitId', r.unit_id, 'unitName', u.name)
      order by r.role, r.unit_id), '[]'::json)
      from staff_roles r join units u on u.id = r.unit_id where r.staff_id = s.id) as roles,
    (select least(count(distinct (t.case_id, t.step_key, t.part_unit_id)), ${TASKS_COUNTED})::int from staff_roles r
      cross join lateral (select t.case_id, t.step_key, t.part_unit_id from case_tasks t
        where t.role = r.role and t.unit_id = r.unit_id and t.queue = 'to-do'
          and (t.case_id, t.step_key, t.part_unit_id, t.role, t.unit_id) not in (${leftTasks(memberId)})
          and t.case_id not in (${ownCases(today, memberId)})
        order by t.sort_on, t.case_id, t.step_key, t.part_unit_id limit ${rowsAtMost(TASKS_COUNTED)}) t
      where r.staff_id = s.id) as "openTasks",
    ${unreadOf(sql`select 'profile:' || p.id`, now)} as unread
    from profiles p left join units v on v.id = p.village_code
      left join staff s on s.id = p.staff_id and s.active where p.id = ${profileId}::uuid`)
  return row && accountOf(deps.cipher, row, today)
}

/** The account of a session's own profile. */
export async function readAccount(
  deps: Pick<AccountDeps, 'database' | 'cipher' | 'clock'>,
  profileId: string,
) {
  const found = await findAccount(deps, profileId)
  if (!found) throw new ProblemError('account.session-ended')
  return found
}

function accountOf(cipher: Cipher, row: AccountRow, today: PlainDate): Account {
  const open = (sealed: string | null, part: 'name' | 'idNumber' | 'phone') =>
    sealed === null ? null : cipher.decrypt(sealed, sealedIn.profile(row.id, part))
  const name = open(row.nameSealed, 'name')
  const idNumber = open(row.idNumberSealed, 'idNumber')
  const phone = open(row.phoneSealed, 'phone')
  const birth = idNumber === null ? undefined : birthOfIdNumber(idNumber)
  return {
    id: row.id,
    realNameLevel: row.realNameLevel,
    name,
    nameMasked: name === null ? null : maskName(name),
    idNumberMasked: idNumber === null ? null : maskIdNumber(idNumber),
    phoneMasked: phone === null ? null : maskPhone(phone),
    underFourteen: birth !== undefined && isUnderFourteen(birth, today),
    villageCode: row.villageCode,
    villageName: row.villageName,
    elderMode: row.elderMode,
    roles: row.roles.map((each) => ({ ...each, roleName: STAFF_ROLE_LABELS[each.role] })),
    staffId: row.staffId,
    secondFactor: row.secondFactor,
    openTasks: row.openTasks,
    unreadMessages: row.unread,
  }
}

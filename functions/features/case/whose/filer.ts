import { sql } from 'drizzle-orm'
import type { FiledContent } from '#shared/domain/case/filed-content'
import type { ContentChange } from '#shared/domain/case/state'
import { ownAmongStaff } from '#shared/domain/case/whose/barred'
import { isUnnamed } from '#shared/domain/case/whose/identity'
import { isIdNumberOn } from '#shared/domain/kernel/digits'
import type { Instant, PlainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { principalPart } from '../../../platform/http/principal'
import type { Cipher } from '../../../platform/ports/cipher'
import { sealedIn } from '../../../platform/ports/sealed-in'
import type { CaseRow } from '../case-row'
import type { CaseDeps } from '../deps'
import { invalid } from '../filing/check-application'
import { duplicateIndexesOf } from '../filing/duplicates'
import { nameDigests } from '../lists/search-index'
import { sealContent } from '../texts'
import type { ApplicantColumns } from '../writes/case-write'
import { asNamed, type Named } from './applicant'

interface Sealed {
  readonly id: string
  readonly nameSealed: string | null
  readonly idNumberSealed: string | null
}

const opened = ({ cipher }: Pick<CaseDeps, 'cipher'>, row: Sealed | undefined): Named | null =>
  row?.nameSealed && row.idNumberSealed
    ? {
        name: cipher.decrypt(row.nameSealed, sealedIn.profile(row.id, 'name')),
        idNumber: cipher.decrypt(row.idNumberSealed, sealedIn.profile(row.id, 'idNumber')),
      }
    : null

/** Who files, as they have typed or confirmed it; null for who has not said. */
export async function findFiler(
  deps: Pick<CaseDeps, 'database' | 'cipher'>,
  tokenHash: string,
  now: Instant,
): Promise<Named | null> {
  const [row] = await deps.database.rows<Sealed>(sql`with ${principalPart(tokenHash, now)}
    select f.id, f.name_sealed as "nameSealed", f.id_number_sealed as "idNumberSealed"
    from principal p join profiles f on f.id = p.profile_id`)
  return opened(deps, row)
}

/** Whom staff name who have the card before them, where the form does not ask; 422 for a number that is nobody's. */
export function personNamed({ name, idNumber: typed }: Named, today: PlainDate): Named {
  const idNumber = typed.toUpperCase()
  if (isIdNumberOn(idNumber, today)) return { name, idNumber }
  const message = '身份证号不对，再对一遍'
  throw invalid([{ pointer: '/applicant/idNumber', code: 'field.wrong-check-digit', message }])
}

/** Nobody names an applicant beside the form that asks, or beside themselves. */
export const notToBeNamed = (message: string) =>
  invalid([{ pointer: '/applicant', code: 'field.unknown', message }])

/** The person of a confirmed account; null where it is none. */
export async function findConfirmed(
  deps: Pick<CaseDeps, 'database' | 'cipher'>,
  profileId: string,
): Promise<Named | null> {
  const [row] = await deps.database.rows<Sealed>(sql`select id, name_sealed as "nameSealed",
      id_number_sealed as "idNumberSealed" from profiles
    where id = ${profileId}::uuid and real_name_level = 3`)
  return opened(deps, row)
}

/** As they stand in accounts, confirmed or not; what names nobody is left out. */
export async function namesOf(
  deps: Pick<CaseDeps, 'database' | 'cipher'>,
  profileIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await deps.database.rows<Sealed>(sql`select id, name_sealed as "nameSealed",
      null as "idNumberSealed" from profiles
    where id in (select jsonb_array_elements_text(${JSON.stringify(profileIds)}::jsonb)::uuid)`)
  return rows.flatMap(({ id, nameSealed }) =>
    nameSealed === null ? [] : [deps.cipher.decrypt(nameSealed, sealedIn.profile(id, 'name'))],
  )
}

/** What a case whose form asks for no number comes to be under a name and number that are confirmed. */
export function namedAnew(
  cipher: Cipher,
  item: ServiceItem,
  {
    id,
    applicantIndex,
    duplicateIndex,
    keyIndex,
    state,
    ownStaff,
  }: Pick<CaseRow, 'id' | 'applicantIndex' | 'duplicateIndex' | 'keyIndex' | 'state' | 'ownStaff'>,
  filed: FiledContent,
  person: Named,
  today: PlainDate,
) {
  const takenFrom = state.applicant?.takenFrom ?? null
  const { applicant, name: applicantName, masked } = asNamed(cipher, person, { today, takenFrom })
  const content = { ...filed, applicantName, applicantNumber: person.idNumber }
  const indexes =
    applicant.numberIndex === applicantIndex
      ? { duplicateIndex, keyIndex }
      : duplicateIndexesOf(cipher, item, filed.answers, applicant, new Map())
  const columns: ApplicantColumns = {
    ...indexes,
    applicantIndex: applicant.numberIndex,
    identityIndex: applicant.identityIndex,
    applicantMasked: masked,
    nameParts: nameDigests(cipher, applicantName),
  }
  const text = sealContent(cipher, id, content)
  const named = isUnnamed(item, state)
    ? 'whom'
    : applicant.numberIndex === applicantIndex
      ? 'name'
      : 'name-and-number'
  const change: ContentChange = { fields: [], papers: [], byOwner: false, named }
  const leaving =
    applicant.numberIndex === applicantIndex ? {} : { staffIds: ownAmongStaff({ state, ownStaff }) }
  return { named: { applicant, answersDigest: text.digest, change, ...leaving }, text, columns }
}

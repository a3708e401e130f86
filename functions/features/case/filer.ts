import { sql } from 'drizzle-orm'
import type { ContentChange } from '#shared/domain/case/state'
import type { Instant, PlainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { principalCtes } from '../../platform/http/principal'
import type { Cipher } from '../../platform/ports/cipher'
import { asFiler, type Named } from './applicant'
import type { CaseRow } from './case-row'
import type { CaseDeps } from './deps'
import { duplicateIndexesOf } from './duplicates'
import type { ApplicantColumns } from './repository'
import { type FiledContent, sealContent } from './texts'

interface Sealed {
  readonly id: string
  readonly nameSealed: string | null
  readonly idNumberSealed: string | null
}

const named = ({ cipher }: Pick<CaseDeps, 'cipher'>, row: Sealed | undefined): Named | null =>
  row?.nameSealed && row.idNumberSealed
    ? {
        name: cipher.decrypt(row.nameSealed, `profiles.${row.id}.name`),
        idNumber: cipher.decrypt(row.idNumberSealed, `profiles.${row.id}.idNumber`),
      }
    : null

/** Who files, as they have typed or confirmed it; null for who has not said. */
export async function findFiler(
  deps: Pick<CaseDeps, 'database' | 'cipher'>,
  tokenHash: string,
  now: Instant,
): Promise<Named | null> {
  const [row] = await deps.database.rows<Sealed>(sql`with ${principalCtes(tokenHash, now)}
    select f.id, f.name_sealed as "nameSealed", f.id_number_sealed as "idNumberSealed"
    from principal p join profiles f on f.id = p.profile_id`)
  return named(deps, row)
}

/** The person of a confirmed account; null where it is none. */
export async function findConfirmed(
  deps: Pick<CaseDeps, 'database' | 'cipher'>,
  profileId: string,
): Promise<Named | null> {
  const [row] = await deps.database.rows<Sealed>(sql`select id, name_sealed as "nameSealed",
      id_number_sealed as "idNumberSealed" from profiles
    where id = ${profileId}::uuid and real_name_level = 3`)
  return named(deps, row)
}

/** What a case whose form asks for no number comes to be under the name and number of who is confirmed. */
export function namedAnew(
  cipher: Cipher,
  item: ServiceItem,
  {
    id,
    applicantIndex,
    duplicateIndex,
    keyIndex,
  }: Pick<CaseRow, 'id' | 'applicantIndex' | 'duplicateIndex' | 'keyIndex'>,
  filed: FiledContent,
  person: Named,
  today: PlainDate,
) {
  const { applicant, name: applicantName, masked } = asFiler(cipher, person, today)
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
  }
  const text = sealContent(cipher, id, content)
  const anew = applicant.numberIndex === applicantIndex ? 'name' : 'name-and-number'
  const change: ContentChange = { fields: [], papers: [], byOwner: false, named: anew }
  return { named: { applicant, answersDigest: text.digest, change }, text, columns }
}

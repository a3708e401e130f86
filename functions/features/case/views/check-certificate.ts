import { sql } from 'drizzle-orm'
import type { CertificateFacts } from '#shared/contract/certificate'
import { certificateStatus } from '#shared/domain/case/result/certificate'
import { readCode } from '#shared/domain/case/result/certificate-code'
import { validityOf } from '#shared/domain/case/result/renewed-by-law'
import { lastRevoked } from '#shared/domain/case/revocation/revocation'
import type { CaseState } from '#shared/domain/case/state'
import { type StoredState, upgradeState } from '#shared/domain/case/upgrade'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { instantText } from '../../../platform/db/parts/instant'
import { ProblemError } from '../../../platform/http/problem'
import { certificateIndexOf } from '../../../platform/ports/cipher'
import type { CaseDeps } from '../deps'
import { RENEWALS, renewalsFrom, type StoredRenewals } from '../renewal'

interface Found extends Pick<CertificateFacts, 'title' | 'number' | 'organName' | 'holderMasked'> {
  readonly issuedAt: Instant
  readonly validTo: PlainDate | null
  readonly state: StoredState
  readonly serviceItemId: string
  readonly itemVersion: number
  readonly renewals: StoredRenewals
  /** Papers that corrected something after it was issued, the newest last. */
  readonly amendments: readonly { readonly number: string; readonly issuedAt: Instant }[]
}

const revokedSince = (state: CaseState) => {
  const answeredAt = lastRevoked(state)?.answeredAt
  return answeredAt ? { revokedOn: dayIn(answeredAt) } : {}
}

/** A certificate by its code, to anybody; 404 for every other one, looked for in the same way. */
export const createCheckCertificate =
  ({ database, cipher, clock, reference }: Pick<CaseDeps, 'database' | 'cipher' | 'clock' | 'reference'>) =>
  async (typed: string): Promise<CertificateFacts> => {
    const index = certificateIndexOf(cipher, readCode(typed))
    const [found] = await database.rows<Found>(sql`select r.title, r.organ_name as "organName",
        r.valid_to::text as "validTo", d.document_number as number, ${instantText('d.issued_at')} as "issuedAt",
        c.applicant_masked as "holderMasked", c.state, c.service_item_id as "serviceItemId",
        c.item_version as "itemVersion", ${RENEWALS} as renewals,
        (select coalesce(json_agg(json_build_object('number', a.document_number, 'issuedAt', ${instantText('a.issued_at')})
          order by a.issued_at), '[]'::json) from documents a
          where a.case_id = r.case_id and a.kind = 'amendment' and a.issued_at > d.issued_at) as amendments
      from certificates r join documents d on d.id = r.document_id join cases c on c.id = r.case_id
      where r.code_index = ${index}`)
    if (!found) throw new ProblemError('certificate.not-found')
    const { state, renewals, amendments, issuedAt, serviceItemId, itemVersion, ...facts } = found
    const guides = await reference.cached()
    const item = guides.latest(serviceItemId)?.item ?? guides.at(serviceItemId, itemVersion)
    const today = dayIn(clock.now())
    const granted = upgradeState(state)
    const status = certificateStatus({
      validTo: found.validTo,
      state: granted,
      renewals: renewalsFrom(renewals),
      result: item.resultDocument,
      today,
    })
    const renamedAt = granted.nameCorrectedAt ?? []
    const renamed = amendments.findLast((each) => renamedAt.includes(each.issuedAt))
    const decidedOn = dayIn(granted.decision?.at ?? issuedAt)
    // By the guide that its paper was written by.
    const { validFrom } = validityOf(guides.at(serviceItemId, itemVersion), granted, decidedOn)
    return {
      status,
      ...facts,
      ...(renamed ? { correctedBy: renamed.number } : {}),
      issuedOn: dayIn(issuedAt),
      ...(status === 'revoked' ? revokedSince(granted) : {}),
      ...(validFrom > today && status === 'valid' ? { validFrom } : {}),
    }
  }

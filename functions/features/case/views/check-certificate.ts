import { sql } from 'drizzle-orm'
import type { CertificateFacts } from '#shared/contract/certificate'
import { certificateStatus } from '#shared/domain/case/certificate'
import { readCode } from '#shared/domain/case/certificate-code'
import { type StoredState, upgradeState } from '#shared/domain/case/upgrade'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { instantText } from '../../../platform/db/parts/instant'
import { ProblemError } from '../../../platform/http/problem'
import { certificateIndexOf } from '../../../platform/ports/cipher'
import type { CaseDeps } from '../deps'
import { RENEWAL, renewalFrom, type StoredRenewal } from '../renewal'

interface Found extends Pick<CertificateFacts, 'title' | 'number' | 'organName' | 'holderMasked'> {
  readonly issuedAt: Instant
  readonly validTo: PlainDate | null
  readonly state: StoredState
  readonly renewal: StoredRenewal | null
}

/** A certificate by its code, to anybody; 404 for every other one, looked for in the same way. */
export const createCheckCertificate =
  ({ database, cipher, clock }: Pick<CaseDeps, 'database' | 'cipher' | 'clock'>) =>
  async (typed: string): Promise<CertificateFacts> => {
    const index = certificateIndexOf(cipher, readCode(typed))
    const [found] = await database.rows<Found>(sql`select r.title, r.organ_name as "organName",
        r.valid_to::text as "validTo", d.document_number as number, ${instantText('d.issued_at')} as "issuedAt",
        c.applicant_masked as "holderMasked", c.state, ${RENEWAL} as renewal
      from certificates r join documents d on d.id = r.document_id join cases c on c.id = r.case_id
      where r.code_index = ${index}`)
    if (!found) throw new ProblemError('certificate.not-found')
    const { state, renewal, issuedAt, ...facts } = found
    const status = certificateStatus({
      validTo: found.validTo,
      state: upgradeState(state),
      renewal: renewalFrom(renewal),
      today: dayIn(clock.now()),
    })
    return { status, ...facts, issuedOn: dayIn(issuedAt) }
  }

import type { AgreementList, AgreementRead } from '#shared/contract/account'
import {
  AGREEMENT_KINDS,
  type Agreement,
  type AgreementKind,
  agreementOn,
  otherVersions,
} from '#shared/domain/account/agreements'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../platform/http/problem'
import type { AccountDeps } from './accounts'

type AgreementDeps = Pick<AccountDeps, 'clock'> & {
  /** As the database has them: whoever reads is about to agree. */
  readonly newestAgreements: AccountDeps['agreements']
}

const toldOf = (agreement: Agreement): AgreementRead => ({
  ...agreement,
  brief: [...agreement.brief],
  data: [...agreement.data],
  sections: agreement.sections.map(({ title, paragraphs }) => ({ title, paragraphs: [...paragraphs] })),
})

/** What holds today, and which other versions can be read. */
export async function listAgreements({ clock, newestAgreements }: AgreementDeps): Promise<AgreementList> {
  const laid = await newestAgreements()
  const today = dayIn(clock.now())
  return {
    agreements: AGREEMENT_KINDS.flatMap((kind) => {
      const current = agreementOn(laid, kind, today)
      if (!current) return []
      const others = otherVersions(laid, kind, today).map(({ version, effectiveOn }) => ({
        version,
        effectiveOn,
      }))
      return [{ ...toldOf(current), others }]
    }),
  }
}

/** One version as it was laid before people, however long ago. */
export async function readAgreement(
  { newestAgreements }: AgreementDeps,
  kind: AgreementKind,
  version: string,
): Promise<AgreementRead> {
  const found = (await newestAgreements()).find((each) => each.kind === kind && each.version === version)
  if (!found) throw new ProblemError('request.not-found')
  return toldOf(found)
}

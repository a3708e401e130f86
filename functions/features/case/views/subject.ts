import type { CaseState } from '#shared/domain/case/state'
import { maskNumbersIn } from '#shared/domain/kernel/digits'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { signatureOf } from '#shared/domain/organization/signature'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Principal } from '../../../platform/http/principal'
import type { Cipher } from '../../../platform/ports/cipher'
import type { Reference } from '../../service-item'
import type { OwnedCase } from '../case-row'
import type { ReadCase } from '../queries'
import { type FiledContent, openText } from '../texts'

export interface ViewContext {
  readonly reference: Reference
  readonly cipher: Cipher
  readonly now: Instant
}

/** A case before one viewer. */
export interface Subject extends ViewContext {
  readonly read: ReadCase
  readonly caseRow: OwnedCase
  readonly item: ServiceItem
  readonly state: CaseState
  readonly content: FiledContent
  readonly principal: Principal
  readonly viewer: 'applicant' | 'staff'
  /** The confirmed applicant, who reads their own numbers in full; whoever filed for them reads as staff do. */
  readonly owns: boolean
  /** Reads nothing that somebody else brought. */
  readonly ownAlone: boolean
}

export const unitName = (reference: Reference, unitId: string) => reference.units.get(unitId)?.name ?? ''
/** As it stands under a paper. */
export function signature({ units }: Reference, unitId: string) {
  const unit = units.get(unitId)
  return unit ? signatureOf(unit, units) : ''
}
export const organName = (reference: Reference, unitId: string) =>
  reference.units.get(unitId)?.shortName ?? ''

export function textOf({ read, caseRow, cipher, owns }: Subject, digest: string | null): string | null {
  const text = digest === null ? undefined : read.texts.find((each) => each.digest === digest)
  if (!text || text.kind === 'answers') return null
  const words = openText(cipher, caseRow.id, text)
  return owns ? words : maskNumbersIn(words)
}

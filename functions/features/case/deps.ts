import type { PlainDate } from '#shared/domain/kernel/plain-date'
import type { Brake } from '../../platform/http/brake'
import type { Cipher } from '../../platform/ports/cipher'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { Files } from '../../platform/ports/files'
import type { Ids } from '../../platform/ports/ids'
import type { Printing } from '../../platform/ports/printing'
import type { ReferenceSource } from '../service-item'
import type { DocumentRules } from './document-rules'
import type { PlanReminders } from './outbox'

export interface CaseDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly cipher: Cipher
  readonly files: Files
  readonly reference: ReferenceSource
  readonly brake: Brake
  readonly planReminders: PlanReminders
  readonly documents: DocumentRules
  readonly printing: Printing
  /** People and papers are invented. */
  readonly isDemo: boolean
  /** Under which anybody opens its pages, without a slash at its end. */
  readonly ownAddress: string
  /** The last day on which applications are taken; null while none is set. */
  readonly endsOn: PlainDate | null
  /** Told after each commit that wrote reminders. */
  readonly onCommitted: () => void
}

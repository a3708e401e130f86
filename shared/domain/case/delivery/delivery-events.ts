import type { Instant, PlainDate } from '../../kernel/plain-date'
import type {
  Announced,
  Copied,
  DeliveryChoice,
  OwnInApp,
  Posting,
  ServedPaper,
  Service,
} from './delivery-state'

interface AtShare {
  readonly at: Instant
  readonly stepKey: string
  readonly unitId: string
  readonly of: ServedPaper
}

/** How what was decided goes to whom it is for. Numbers, addresses and names stand encrypted and are named by their digests. */
export type DeliveryEvent =
  | (DeliveryChoice & {
      readonly type: 'delivery-chosen'
      /** Refusals of several organs that this word serves; missing where there are none, and before it was kept. */
      readonly serves?: readonly OwnInApp[]
    })
  | (AtShare &
      Omit<Posting, 'returned'> & {
        readonly type: 'posted'
        /** Why it goes another way than was chosen; missing where it goes as chosen, and before it was kept. */
        readonly otherwiseDigest?: string
      })
  /** A letter that came back serves nobody. */
  | (AtShare & {
      readonly type: 'post-returned'
      readonly returnedOn: PlainDate
      readonly reasonDigest: string
    })
  | (AtShare & Announced & { readonly type: 'announced' })
  /** Of every paper but the result, whose `delivered` ends the case. */
  | (AtShare &
      Copied &
      NonNullable<Service['served']> & {
        readonly type: 'served'
        /** Of a notice: the last day to speak, where it is another than was told; missing of all else, and before it was kept. */
        readonly speakUntil?: PlainDate
      })

/** The county's provider of short messages. */
export interface Sms {
  /** Sends one; never throws for what the provider answered, only for defects. */
  send(message: OutgoingSms): Promise<SmsOutcome>
}

export interface OutgoingSms {
  /** A mobile number of the mainland. */
  readonly to: string
  /** As the provider calls it. */
  readonly templateCode: string
  readonly parameters: Readonly<Record<string, string>>
  /** Our id of the message, which the provider's books name. It makes one of two nowhere. */
  readonly id: string
}

export type SmsOutcome =
  | { readonly kind: 'sent'; readonly messageId: string | null }
  /** The number takes none. */
  | { readonly kind: 'refused'; readonly code: string }
  /** This message will never go out: template, signature, account. */
  | { readonly kind: 'rejected'; readonly code: string }
  /** Surely not sent; try again, not before `retryAfterSeconds`. */
  | { readonly kind: 'retry'; readonly retryAfterSeconds: number; readonly code: string | null }
  /** Nobody knows whether it went out: the answer was lost. */
  | { readonly kind: 'unknown' }

/** What the county has at its provider. */
export interface SmsAccount {
  readonly sms: Sms
  /** The provider's code of a template of ours; undefined where it has none. */
  codeOf(template: string): string | undefined
}

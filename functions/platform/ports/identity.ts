/** Whether the person before WeChat is the one whose name and number were typed. */
export interface Identity {
  confirm(request: IdentityRequest): Promise<IdentityVerdict>
}

interface IdentityRequest {
  readonly openid: string
  readonly name: string
  readonly idNumber: string
  /** The one-time code that the provider handed to the client after the person's consent. */
  readonly code: string
}

/**
 * `not-registered`: the provider knows no real name for this person, who may be seen at a counter instead.
 * `unavailable`: the provider did not answer or is busy; the same code must not be tried again.
 */
export type IdentityVerdict = 'confirmed' | 'mismatch' | 'not-registered' | 'code-invalid' | 'unavailable'

export interface Ids {
  /** A UUIDv7: sorts by the time it was made. */
  next(): string
  /** `bytes` random bytes as base64url, for tokens (at least 16). */
  secret(bytes: number): string
}

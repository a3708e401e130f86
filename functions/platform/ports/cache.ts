/** Small values with an expiry, shared by all processes. */
export interface Cache {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string, expirySeconds: number): Promise<void>
  /** True when the key was absent and is now set: a lock whose `value` is the owner's token. */
  setIfAbsent(key: string, value: string, expirySeconds: number): Promise<boolean>
  /** Removes the key if it still holds `value`; true when it did. */
  compareAndDelete(key: string, value: string): Promise<boolean>
}

/** The store did not answer in time. */
export class StoreUnavailable extends Error {}

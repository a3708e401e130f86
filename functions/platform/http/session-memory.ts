const MOST_KNOWN = 10_000

/**
 * What sessions were found to be, by the hashes of their tokens: it saves a second trip, and is never believed. The statement
 * that acts by it finds it anew.
 */
export function createSessionMemory<Found>() {
  const found = new Map<string, Found>()
  return {
    get: (tokenHash: string) => found.get(tokenHash),
    set(tokenHash: string, value: Found) {
      if (found.size >= MOST_KNOWN) found.clear()
      found.set(tokenHash, value)
    },
    forget: (tokenHash: string) => found.delete(tokenHash),
  }
}

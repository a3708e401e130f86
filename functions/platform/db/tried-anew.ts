import { StaleReferenceError } from './commit'

/**
 * Decides, and decides anew where what it went by has changed until it was written: three times at most. `isAgain` asks for
 * what is newest.
 */
export async function triedAnew<Value>(decide: (isAgain: boolean) => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await decide(attempt > 1)
    } catch (cause) {
      if (!(cause instanceof StaleReferenceError) || attempt === 3) throw cause
    }
  }
}

import { platform } from './index'
import type { Method } from './platform'

const INTENTS = 'intents'
/** As long as the server keeps a first answer. */
const KEPT_MS = 24 * 60 * 60 * 1000

interface Intent {
  readonly key: string
  readonly at: number
}

const kept = () => (platform.read(INTENTS) ?? {}) as Record<string, Intent>

/** 53 bits of a text (cyrb53): tells one body from another without keeping what the resident wrote. */
function fingerprint(text: string) {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36)
}

const beginning = new Map<string, Promise<string>>()

async function begin(name: string) {
  const now = Date.now()
  const known = kept()[name]
  if (known && now - known.at < KEPT_MS) return known.key
  const key = await platform.randomId()
  const fresh = Object.entries(kept()).filter(([, intent]) => now - intent.at < KEPT_MS)
  platform.write(INTENTS, { ...Object.fromEntries(fresh), [name]: { key, at: now } })
  return key
}

/**
 * One key for what a person wants done once: the same request with the same body has the same key until it was answered,
 * over double taps, a lost connection and a closed app.
 */
export function intentOf(method: Method, path: string, body: unknown) {
  const name = fingerprint(`${method} ${path} ${JSON.stringify(body) ?? ''}`)
  const key = beginning.get(name) ?? begin(name)
  beginning.set(name, key)
  // Without a key nothing was sent: the next try asks for one anew.
  key.catch(() => beginning.delete(name))
  return {
    key,
    done() {
      beginning.delete(name)
      const { [name]: _, ...others } = kept()
      platform.write(INTENTS, others)
    },
  }
}

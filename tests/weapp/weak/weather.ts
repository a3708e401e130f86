import { createHash } from 'node:crypto'
import type { Network } from '../engine/network'

/** Of all requests so many are lost, half of them before the server saw them, half on the way back. */
const LOST = 0.3

const fraction = (text: string) =>
  Number.parseInt(createHash('sha256').update(text).digest('hex').slice(0, 8), 16) / 0x1_0000_0000

/**
 * A weak signal that is the same for the same seed: what befalls a request is told by its kind and by how many of that
 * kind there were, so that requests which overtake one another change nothing.
 */
export function weakSignal(seed: number): Network['weather'] {
  const counts = new Map<string, number>()
  return (method, path) => {
    const kind = `${method} ${path.replace(/[0-9a-f-]{36}/g, ':id').replace(/\?.*/, '')}`
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    const drawn = fraction(`${seed} ${kind} ${count}`)
    if (drawn >= LOST) return undefined
    return drawn < LOST / 2 ? 'no-request' : 'no-answer'
  }
}

import { randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { Clock } from '../ports/clock'
import type { Ids } from '../ports/ids'

export const systemClock: Clock = { now: () => new Date().toISOString() as Instant }

export const systemIds: Ids = {
  next: uuidv7,
  secret: (bytes) => randomBytes(bytes).toString('base64url'),
}

import { randomBytes, randomUUID } from 'node:crypto'
import type { RoundTrip } from '../services/postgres-tap.mjs'

/** What a request sent to the database, in order, to be sent again. */
export interface Recorded {
  readonly trips: readonly RoundTrip[]
  /** What was new in it, and must be new each time: ids and digests. */
  readonly fresh: readonly string[]
  /** How long the product's answer was. */
  readonly bytes: number
}

interface Answered {
  readonly trips: readonly RoundTrip[]
  readonly text: string
}

// Ids, digests and keyed digests, anywhere in a value.
const FRESH =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![\w.-])(?:[0-9a-f]{64}|[\w-]{43})(?![\w.-])/g

const freshIn = ({ trips }: Answered): ReadonlySet<string> =>
  new Set(trips.flatMap(({ values }) => values.join('\n').match(FRESH) ?? []))

/** `other` is the same request at another time: what both hold is not new. */
export function recordedOf(answered: Answered, other: Answered = answered): Recorded {
  const { trips, text } = answered
  if (trips.length === 0) throw new Error('no statement was seen')
  const isSame = trips.every((trip, at) => trip.text === other.trips[at]?.text)
  if (!isSame || trips.length !== other.trips.length) throw new Error('twice the same, and other statements')
  const known = freshIn(other)
  const fresh = [...freshIn(answered)].filter((id) => !known.has(id))
  return { trips, fresh, bytes: Buffer.byteLength(text) }
}

const renewed = (known: string): string => {
  if (known.length === 36) return randomUUID()
  return randomBytes(32).toString(known.length === 64 ? 'hex' : 'base64url')
}

/** Of a value what stays, and between two pieces the number of what is new. */
interface Pieces {
  readonly pieces: readonly string[]
  readonly numbers: readonly number[]
}

function piecesOf(value: string, fresh: readonly string[]): Pieces | string {
  const found = value.split(new RegExp(`(${fresh.join('|')})`))
  if (found.length === 1) return value
  return {
    pieces: found.filter((_, at) => at % 2 === 0),
    numbers: found.filter((_, at) => at % 2 === 1).map((id) => fresh.indexOf(id)),
  }
}

/** The values of each trip with new ids in the place of those that were new; cut up once, so that it costs next to nothing. */
export function renewals({ trips, fresh }: Pick<Recorded, 'trips' | 'fresh'>) {
  const cut = trips.map(({ values }) =>
    values.map((value) => (value === null || fresh.length === 0 ? value : piecesOf(value, fresh))),
  )
  return (): readonly (string | null)[][] => {
    const ids = fresh.map(renewed)
    return cut.map((values) =>
      values.map((value) =>
        value === null || typeof value === 'string'
          ? value
          : value.pieces.reduce((text, piece, at) => text + ids[value.numbers[at - 1] ?? 0] + piece),
      ),
    )
  }
}

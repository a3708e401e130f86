import type { Context } from 'hono'
import type { Environment } from '../config/environment'
import { isListed, readAddress } from '../config/trusted-proxies'
import type { Cipher } from '../ports/cipher'

/** What the server of Node hands over beside the request. */
interface Connection {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } }
}

/** Whoever comes from nowhere known counts as one. */
const UNKNOWN = 'unknown'

/**
 * The network that an address, as `readAddress` writes it, is of: a line has the lower 64 bits of version 6 to itself, so
 * that each of them alone would be nobody.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [left = '', right] = address.split('::')
  const groups = (text: string) => text.split(':').filter(Boolean)
  const [head, tail] = [groups(left), groups(right ?? '')]
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0')
  return [...head, ...(right === undefined ? [] : zeros), ...tail].slice(0, 4).join(':')
}

export type ClientAddress = (context: Context) => string

export interface NetworkDeps {
  readonly clientAddress: ClientAddress
  readonly cipher: Cipher
}

/** The network that asks, as brakes count it. */
export const networkKeyOf = ({ clientAddress, cipher }: NetworkDeps, context: Context) =>
  cipher.digest(`address:${networkOf(clientAddress(context))}`)

/**
 * The address of who asks: the socket's; behind proxies that are trusted, the rightmost forwarded one that is none of
 * theirs, since whatever stands to its left anybody may have written. On Vercel there is no socket: there
 * `x-vercel-forwarded-for` is set by Vercel alone, also where a proxy stands before it and fills `x-forwarded-for`;
 * `x-real-ip`, which Vercel sets too, stands in for it. It is personal data: for keys by digest, never for the log.
 */
export function createClientAddress({ PROFILE, TRUSTED_PROXIES: proxies }: Environment): ClientAddress {
  if (PROFILE === 'serverless') {
    return ({ req }) =>
      readAddress(req.header('X-Vercel-Forwarded-For') ?? req.header('X-Real-Ip') ?? '') ?? UNKNOWN
  }
  return (context) => {
    const { incoming } = (context.env ?? {}) as Connection
    const socket = readAddress(incoming?.socket?.remoteAddress ?? '')
    if (socket === undefined) return UNKNOWN
    if (!proxies) return socket
    let nearest = socket
    for (const entry of (context.req.header('X-Forwarded-For') ?? '').split(',').reverse()) {
      if (!isListed(proxies, nearest)) return nearest
      const next = readAddress(entry)
      if (next === undefined) return nearest
      nearest = next
    }
    return nearest
  }
}

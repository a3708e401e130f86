import { BlockList, isIP } from 'node:net'

/** An address without zone and port, version 4 written as such; undefined when it is none. */
export function readAddress(text: string): string | undefined {
  const bare = text.trim().replace(/%[^\]]*/, '')
  const inner = /^\[([^\]]+)\](?::\d+)?$/.exec(bare)?.[1] ?? /^([\d.]+):\d+$/.exec(bare)?.[1] ?? bare
  if (isIP(inner) === 4) return inner
  if (isIP(inner) === 0) return undefined
  // The URL parser writes each address of version 6 in one way.
  const written = new URL(`http://[${inner}]`).hostname.slice(1, -1)
  const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(written)
  if (!mapped) return written
  return mapped
    .slice(1)
    .flatMap((half) => [Number.parseInt(half, 16) >> 8, Number.parseInt(half, 16) & 255])
    .join('.')
}

const familyOf = (address: string) => (isIP(address) === 4 ? 'ipv4' : 'ipv6')

/** Whether an address, as `readAddress` writes it, is one of a list's. */
export const isListed = (list: BlockList, address: string) => list.check(address, familyOf(address))

interface Network {
  readonly address: string
  readonly prefix: number
}

/** A network, or one address as the smallest of networks. */
function readNetwork(entry: string): Network | undefined {
  const [, base = '', length] = /^([\da-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? []
  const address = isIP(base) === 0 ? undefined : readAddress(base)
  if (address === undefined) return undefined
  const bits = familyOf(address) === 'ipv4' ? 32 : 128
  // A version 4 network that is written in version 6 counts 96 bits before its own.
  const before = isIP(base) === 6 ? 128 - bits : 0
  const prefix = length === undefined ? bits : Number(length) - before
  return prefix < 0 || prefix > bits ? undefined : { address, prefix }
}

/** Reads addresses and CIDRs of both versions, separated by commas; undefined when one of them is none. */
export function readAddresses(text: string): BlockList | undefined {
  const list = new BlockList()
  for (const entry of text.split(',')) {
    const network = readNetwork(entry.trim())
    if (!network) return undefined
    list.addSubnet(network.address, network.prefix, familyOf(network.address))
  }
  return list
}

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { Account } from '../accounts'

// WeChat's own side of the seal, written from its documents: what the product uses is another (README.md).

type Sealer = Pick<Account, 'appid' | 'encodingAesKey'>

const BLOCK = 32
const HEAD = 20

/** SHA-1 over the parts in the order of their bytes. */
export function signatureOf(parts: readonly string[]) {
  const inOrder = parts.map((part) => Buffer.from(part)).sort(Buffer.compare)
  return createHash('sha1').update(Buffer.concat(inOrder)).digest('hex')
}

function cipherOf({ encodingAesKey }: Sealer) {
  const key = Buffer.from(encodingAesKey, 'base64')
  return ['aes-256-cbc', key, key.subarray(0, 16)] as const
}

/** AES-256-CBC over 16 random bytes, the length, the text and the appid, filled up to blocks of 32 bytes. */
export function seal(account: Sealer, text: string, random: Buffer = randomBytes(16)) {
  const message = Buffer.from(text)
  const length = Buffer.of(message.length >>> 24, message.length >>> 16, message.length >>> 8, message.length)
  const bare = Buffer.concat([random, length, message, Buffer.from(account.appid)])
  const missing = BLOCK - (bare.length % BLOCK)
  const cipher = createCipheriv(...cipherOf(account)).setAutoPadding(false)
  return cipher.update(Buffer.concat([bare, Buffer.alloc(missing, missing)])).toString('base64')
}

/** The text under a seal; undefined for one that this account's key and appid have not made. */
export function unseal(account: Sealer, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64')
  if (bytes.length === 0 || bytes.length % BLOCK !== 0 || bytes.toString('base64') !== sealed)
    return undefined
  const filled = createDecipheriv(...cipherOf(account))
    .setAutoPadding(false)
    .update(bytes)
  const missing = filled.readUInt8(filled.length - 1)
  if (missing === 0 || missing > BLOCK || filled.length - missing < HEAD) return undefined
  if (filled.subarray(-missing).some((byte) => byte !== missing)) return undefined
  const bare = filled.subarray(0, -missing)
  const end = HEAD + bare.readUInt32BE(HEAD - 4)
  return bare.subarray(end).toString() === account.appid ? bare.subarray(HEAD, end).toString() : undefined
}

import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { fail, ok, type Result } from '#shared/domain/kernel/result'

const BLOCK = 32
const RANDOM_BYTES = 16
const LENGTH_BYTES = 4

/** WeChat's signature: SHA-1 over the parts, sorted by code unit and joined. */
export const signPush = (parts: readonly string[]) =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')

/** Compares in constant time, so that a signature cannot be found byte by byte. */
export function isPushSignature(parts: readonly string[], given: string) {
  const expected = Buffer.from(signPush(parts))
  const actual = Buffer.from(given)
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

// The last bits of the 43 characters may be set; Buffer drops them, as WeChat does.
const keyOf = (encodingAesKey: string) => Buffer.from(`${encodingAesKey}=`, 'base64')

/** base64 of AES-256-CBC over random ‖ length ‖ message ‖ appid, padded to 32 bytes (PKCS#7). */
export function encryptPush(
  account: { readonly encodingAesKey: string; readonly appid: string },
  message: string,
  random: Uint8Array = randomBytes(RANDOM_BYTES),
) {
  const text = Buffer.from(message)
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(text.length)
  const content = Buffer.concat([random, length, text, Buffer.from(account.appid)])
  const padding = BLOCK - (content.length % BLOCK)
  const key = keyOf(account.encodingAesKey)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([content, Buffer.alloc(padding, padding)])
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}

export type PushCryptoFailure = 'malformed' | 'wrong-account'

/** The message inside; `malformed` for whatever this key cannot have written, `wrong-account` for another appid. */
export function decryptPush(
  account: { readonly encodingAesKey: string; readonly appid: string },
  encrypted: string,
): Result<string, PushCryptoFailure> {
  const bytes = Buffer.from(encrypted, 'base64')
  const key = keyOf(account.encodingAesKey)
  if (key.length !== 32 || bytes.length < BLOCK || bytes.length % 16 !== 0) return fail('malformed')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()])
  const padding = padded.at(-1) ?? 0
  const end = padded.length - padding
  const start = RANDOM_BYTES + LENGTH_BYTES
  if (padding < 1 || padding > BLOCK || end < start) return fail('malformed')
  if (!padded.subarray(end).every((byte) => byte === padding)) return fail('malformed')
  const messageEnd = start + padded.readUInt32BE(RANDOM_BYTES)
  if (messageEnd > end) return fail('malformed')
  if (padded.subarray(messageEnd, end).toString() !== account.appid) return fail('wrong-account')
  return ok(padded.subarray(start, messageEnd).toString())
}

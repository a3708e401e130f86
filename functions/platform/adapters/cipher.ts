import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { Cipher } from '../ports/cipher'

/** Key id -> 32 random bytes; the first encrypts, all decrypt. */
export interface KeyRing {
  readonly keys: readonly { readonly id: string; readonly secret: Uint8Array }[]
  /** Indexes and digests must stay comparable for ever: a key of their own that is not rotated. */
  readonly indexSecret: Uint8Array
}

/** A key of its own for each purpose: what one of them signs or finds says nothing of another. */
export const deriveKey = (secret: Uint8Array, purpose: string) =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `yinxiang/${purpose}`, 32))

/** AES-256-GCM; a sealed text reads `<key id>.<iv>.<tag>.<ciphertext>`, base64url, the context as associated data. */
export function createAesCipher(ring: KeyRing): Cipher {
  const keys = new Map(ring.keys.map(({ id, secret }) => [id, deriveKey(secret, 'field')]))
  const [active] = ring.keys
  if (!active) throw new Error('the key ring is empty')
  const indexKey = deriveKey(ring.indexSecret, 'blind-index')
  const digestKey = deriveKey(ring.indexSecret, 'digest')
  const secretKey = deriveKey(ring.indexSecret, 'secret')
  const keyed = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest('base64url')
  const keyOf = (id: string) => {
    const key = keys.get(id)
    if (!key) throw new Error(`no key ${id} in the ring`)
    return key
  }
  return {
    encrypt(plain, context) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', keyOf(active.id), iv).setAAD(Buffer.from(context))
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return [active.id, ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join(
        '.',
      )
    },
    decrypt(sealed, context) {
      const [id = '', iv = '', tag = '', text = ''] = sealed.split('.')
      const decipher = createDecipheriv('aes-256-gcm', keyOf(id), Buffer.from(iv, 'base64url'))
        .setAAD(Buffer.from(context))
        .setAuthTag(Buffer.from(tag, 'base64url'))
      return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString(
        'utf8',
      )
    },
    blindIndex: (kind, value) => keyed(indexKey, `${kind}:${value}`),
    digest: (text) => keyed(digestKey, text),
    deriveSecret: (context) => keyed(secretKey, context),
  }
}

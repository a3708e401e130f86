import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** A request as it came. */
export interface Received {
  readonly path: string
  readonly header: (name: string) => string | undefined
  readonly body: string
}

interface Key {
  readonly keyId: string
  readonly keySecret: string
}

const AUTHORIZATION =
  /^ACS3-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/
/** Without these a signature says nothing of what is asked. */
const NEEDED = [
  'host',
  'x-acs-action',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-version',
]
const MOST_APART_MILLISECONDS = 15 * 60_000

const digest = (text: string) => createHash('sha256').update(Buffer.from(text, 'utf8')).digest('hex')

/** Reads the signature by the provider's own description of it; answers the provider's word for what is wrong, undefined where nothing is. */
export function signatureFault({ path, header, body }: Received, key: Key, now: number): string | undefined {
  const found = AUTHORIZATION.exec(header('authorization') ?? '')
  const [, credential, list = '', given = ''] = found ?? []
  if (!found) return 'IncompleteSignature'
  if (credential !== key.keyId) return 'InvalidAccessKeyId.NotFound'
  const names = list.split(';')
  if (NEEDED.some((name) => !names.includes(name))) return 'IncompleteSignature'
  if (header('x-acs-content-sha256') !== digest(body)) return 'SignatureDoesNotMatch'
  const at = Date.parse(header('x-acs-date') ?? '')
  if (!(Math.abs(now - at) <= MOST_APART_MILLISECONDS)) return 'InvalidTimeStamp.Expired'
  let canonical = `POST\n${path}\n\n`
  for (const name of names) canonical += `${name}:${(header(name) ?? '').trim()}\n`
  canonical += `\n${list}\n${digest(body)}`
  const expected = createHmac('sha256', key.keySecret)
    .update(`ACS3-HMAC-SHA256\n${digest(canonical)}`)
    .digest()
  return timingSafeEqual(expected, Buffer.from(given, 'hex')) ? undefined : 'SignatureDoesNotMatch'
}

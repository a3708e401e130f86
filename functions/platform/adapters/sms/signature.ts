import { createHash, createHmac } from 'node:crypto'

const ALGORITHM = 'ACS3-HMAC-SHA256'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

export interface SignedRequest {
  readonly url: URL
  readonly action: string
  readonly version: string
  readonly body: string
  readonly keyId: string
  readonly secret: string
  /** `2026-11-24T01:42:00Z` */
  readonly date: string
  readonly nonce: string
}

/** The headers of a POST without a query, signed as the provider documents it (V3 请求体与签名机制, ACS3-HMAC-SHA256). */
export function signedHeaders(request: SignedRequest): Readonly<Record<string, string>> {
  const { url, body, keyId, secret } = request
  const signed: Readonly<Record<string, string>> = {
    'content-type': 'application/x-www-form-urlencoded',
    host: url.host,
    'x-acs-action': request.action,
    'x-acs-content-sha256': sha256(body),
    'x-acs-date': request.date,
    'x-acs-signature-nonce': request.nonce,
    'x-acs-version': request.version,
  }
  const names = Object.keys(signed).sort()
  const canonical = [
    'POST',
    url.pathname,
    '',
    ...names.map((name) => `${name}:${signed[name]?.trim()}`),
    '',
    names.join(';'),
    signed['x-acs-content-sha256'],
  ].join('\n')
  const signature = createHmac('sha256', secret)
    .update(`${ALGORITHM}\n${sha256(canonical)}`)
    .digest('hex')
  const { host: _, ...sent } = signed
  return {
    ...sent,
    authorization: `${ALGORITHM} Credential=${keyId},SignedHeaders=${names.join(';')},Signature=${signature}`,
  }
}

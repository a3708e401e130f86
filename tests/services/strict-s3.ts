import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Bucket {
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}
interface Stored {
  readonly bytes: Buffer
  readonly contentType: string
}
interface Answer {
  readonly status: number
  readonly body?: Buffer
  readonly headers?: Readonly<Record<string, string>>
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    code: string,
  ) {
    super(code)
  }
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')

function checkSignature({ secretAccessKey, region }: Bucket, date: string, text: string, given: string) {
  const key = [date, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`)
  const [wanted, actual] = [hmac(key, text), Buffer.from(given, 'hex')]
  if (wanted.length !== actual.length || !timingSafeEqual(wanted, actual)) {
    throw new Refusal(403, 'SignatureDoesNotMatch')
  }
}

type Condition = Readonly<Record<string, string>> | readonly [string, number, number]

/** Each field must stand in the policy with its very value, and each condition of the policy must hold. */
function checkConditions(
  conditions: readonly Condition[],
  fields: ReadonlyMap<string, string>,
  size: number,
) {
  const exact = new Map(conditions.flatMap((each) => (Array.isArray(each) ? [] : Object.entries(each))))
  const free = ['policy', 'x-amz-signature']
  for (const [name, value] of fields) {
    if (!free.includes(name) && exact.get(name) !== value) throw new Refusal(403, `AccessDenied: ${name}`)
  }
  for (const [name, value] of exact) {
    if (fields.get(name) !== value) throw new Refusal(403, `AccessDenied: ${name} is missing`)
  }
  const range = conditions.find((each) => Array.isArray(each) && each[0] === 'content-length-range')
  if (!Array.isArray(range)) throw new Refusal(403, 'a policy without a size')
  if (size < range[1] || size > range[2]) throw new Refusal(400, 'EntityTooLarge')
}

async function takePost(bucket: Bucket, now: number, request: IncomingMessage, body: Buffer) {
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  const form = [...(await new Response(new Uint8Array(body), { headers }).formData())]
  const file = form.at(-1)
  if (file?.[0] !== 'file' || !(file[1] instanceof Blob)) throw new Refusal(400, 'the file must come last')
  const bytes = Buffer.from(await file[1].arrayBuffer())
  const fields = new Map(form.slice(0, -1).map(([name, value]) => [name, String(value)]))
  const get = (name: string) => fields.get(name) ?? ''
  const [, date = ''] = get('x-amz-credential').split('/')
  if (get('x-amz-credential') !== `${bucket.accessKeyId}/${date}/${bucket.region}/s3/aws4_request`) {
    throw new Refusal(403, 'InvalidAccessKeyId')
  }
  checkSignature(bucket, date, get('policy'), get('x-amz-signature'))
  const policy = JSON.parse(Buffer.from(get('policy'), 'base64').toString('utf8')) as {
    expiration: string
    conditions: readonly Condition[]
  }
  if (Date.parse(policy.expiration) <= now) throw new Refusal(403, 'Policy expired')
  checkConditions(policy.conditions, new Map([...fields, ['bucket', bucket.bucket]]), bytes.length)
  return { key: get('key'), stored: { bytes, contentType: get('Content-Type') } }
}

const canonicalQuery = (query: URLSearchParams) =>
  [...query]
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .sort()
    .join('&')

/** AWS Signature Version 4 of a request's headers, worked out anew. */
function checkHeaders(
  bucket: Bucket,
  request: IncomingMessage,
  { pathname, searchParams }: URL,
  body: Buffer,
) {
  const match = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(
    request.headers.authorization ?? '',
  )
  if (!match) throw new Refusal(403, 'AccessDenied')
  const [, credential = '', signed = '', signature = ''] = match
  const [id, ...scope] = credential.split('/')
  const stamp = String(request.headers['x-amz-date'])
  const payload = String(request.headers['x-amz-content-sha256'])
  if (id !== bucket.accessKeyId || scope[1] !== bucket.region) throw new Refusal(403, 'InvalidAccessKeyId')
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body))
    throw new Refusal(400, 'XAmzContentSHA256Mismatch')
  const names = signed.split(';')
  if (!['host', 'x-amz-date', 'x-amz-content-sha256'].every((name) => names.includes(name))) {
    throw new Refusal(403, 'headers are not signed')
  }
  const canonical = [
    request.method,
    pathname,
    canonicalQuery(searchParams),
    ...names.map((name) => `${name}:${String(request.headers[name]).trim()}`),
    '',
    signed,
    payload,
  ].join('\n')
  checkSignature(
    bucket,
    scope[0] ?? '',
    ['AWS4-HMAC-SHA256', stamp, scope.join('/'), sha256(canonical)].join('\n'),
    signature,
  )
}

/**
 * An object store of one bucket that takes nothing on trust: signatures, policy conditions, key, type, size and expiry.
 * `now` is the clock by which forms expire.
 */
export async function startStrictS3(bucket: Bucket, now: () => number = Date.now) {
  const objects = new Map<string, Stored>()
  const answerTo = async (request: IncomingMessage, body: Buffer): Promise<Answer> => {
    const url = new URL(request.url ?? '/', 'http://store')
    const [, name, ...rest] = url.pathname.split('/')
    if (name !== bucket.bucket) throw new Refusal(404, 'NoSuchBucket')
    if (request.method === 'POST') {
      const { key, stored } = await takePost(bucket, now(), request, body)
      objects.set(key, stored)
      return { status: 204 }
    }
    checkHeaders(bucket, request, url, body)
    if (url.searchParams.get('list-type') === '2') return list(url.searchParams.get('prefix') ?? '')
    return operate(request, rest.join('/'), body)
  }
  const list = (prefix: string): Answer => {
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix))
    const contents = keys.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`)
    const body = `<ListBucketResult><Prefix>${prefix}</Prefix>${contents.join('')}</ListBucketResult>`
    return { status: 200, body: Buffer.from(body) }
  }
  const operate = (request: IncomingMessage, key: string, body: Buffer): Answer => {
    if (request.method === 'PUT') {
      objects.set(key, { bytes: body, contentType: request.headers['content-type'] ?? '' })
      return { status: 200 }
    }
    if (request.method === 'DELETE') {
      objects.delete(key)
      return { status: 204 }
    }
    const found = objects.get(key)
    if (!found) throw new Refusal(404, 'NoSuchKey')
    const headers = { 'content-type': found.contentType, 'content-length': String(found.bytes.length) }
    return { status: 200, headers, body: found.bytes }
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    try {
      const { status, headers, body } = await answerTo(request, Buffer.concat(chunks))
      response.writeHead(status, { ...headers })
      response.end(request.method === 'HEAD' ? undefined : body)
    } catch (cause) {
      response.writeHead(cause instanceof Refusal ? cause.status : 500)
      response.end(request.method === 'HEAD' ? undefined : String(cause))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

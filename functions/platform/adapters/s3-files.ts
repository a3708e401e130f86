import { createHmac } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import { type Files, FORM_SECONDS, type PromisedFile } from '../ports/files'

interface S3Options {
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** The POST policy of AWS Signature Version 4: exact key and type, a size range, ten minutes. */
function postFields(options: S3Options, { key, contentType, maxBytes, promisedAt }: PromisedFile) {
  const stamp = `${promisedAt.slice(0, 19).replaceAll(/[-:]/g, '')}Z`
  const date = stamp.slice(0, 8)
  const credential = `${options.accessKeyId}/${date}/${options.region}/s3/aws4_request`
  const conditions = {
    key,
    'Content-Type': contentType,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': credential,
    'x-amz-date': stamp,
  }
  const policy = Buffer.from(
    JSON.stringify({
      expiration: new Date(Date.parse(promisedAt) + FORM_SECONDS * 1000).toISOString(),
      conditions: [
        { bucket: options.bucket },
        ...Object.entries(conditions).map(([name, value]) => ({ [name]: value })),
        ['content-length-range', 1, maxBytes],
      ],
    }),
  ).toString('base64')
  const signingKey = [date, options.region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${options.secretAccessKey}`,
  )
  return { ...conditions, policy, 'x-amz-signature': hmac(signingKey, policy).toString('hex') }
}

/** Files in an S3-compatible store; clients post to it directly. */
export function createS3Files(options: S3Options): Files {
  const { accessKeyId, secretAccessKey, region } = options
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 })
  const bucketUrl = `${options.endpoint.replace(/\/$/, '')}/${options.bucket}`
  const request = async (method: string, place: string, body?: Uint8Array, contentType?: string) => {
    const response = await client.fetch(`${bucketUrl}${place}`, {
      method,
      ...(body ? { body: new Uint8Array(body), headers: { 'Content-Type': contentType ?? '' } } : {}),
      signal: AbortSignal.timeout(10_000),
    })
    // What is written must arrive: 404 is an answer about a file, for a write it is a bucket that is not there.
    const absent = response.status === 404 && method !== 'PUT'
    if (!response.ok && !absent) throw new Error(`the file store answered ${response.status}`)
    return response
  }
  return {
    createPostForm: async (file) => ({ url: bucketUrl, fields: postFields(options, file) }),
    has: async (key) => (await request('HEAD', `/${key}`)).ok,
    read: async (key) => {
      const response = await request('GET', `/${key}`)
      return response.status === 404 ? undefined : new Uint8Array(await response.arrayBuffer())
    },
    keysIn: async (folder) => {
      const query = new URLSearchParams({ 'list-type': '2', prefix: `${folder}/` })
      const listing = await (await request('GET', `?${query}`)).text()
      // Our keys hold no character that XML would write otherwise.
      return [...listing.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = '']) => key)
    },
    write: async (key, bytes, contentType) => {
      await request('PUT', `/${key}`, bytes, contentType)
    },
    remove: async (key) => {
      await request('DELETE', `/${key}`)
    },
  }
}

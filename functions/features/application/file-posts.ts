import { MIMEType } from 'node:util'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { HttpEnv } from '../../platform/http/environment'
import { ProblemError } from '../../platform/http/problem'
import type { Files, PostReceiver } from '../../platform/ports/files'
import { MAX_UPLOAD_BYTES, sniff } from './uploads'

const FORM_OVERHEAD = 64 * 1024

/** The signed fields and the file, and as many again. */
const MOST_PARTS = 10

const boundaryOf = (contentType: string) => {
  try {
    return new MIMEType(contentType).params.get('boundary')
  } catch {
    return null
  }
}

/** Parts are counted before they are parsed, which takes a while for each, and the form need not be ours yet. */
async function readForm(request: Request): Promise<FormData> {
  const contentType = request.headers.get('Content-Type') ?? ''
  const boundary = boundaryOf(contentType)
  if (!boundary) throw new ProblemError('request.malformed')
  const body = Buffer.from(await request.arrayBuffer())
  const delimiter = `--${boundary}`
  let parts = 0
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + delimiter.length)) {
    parts += 1
    if (parts > MOST_PARTS) throw new ProblemError('request.malformed')
  }
  return new Response(body, { headers: { 'Content-Type': contentType } }).formData().catch(() => {
    throw new ProblemError('request.malformed')
  })
}

/**
 * Takes the multipart POST that `POST /api/uploads` promised, where no object store does. The signed form is the only
 * credential, as in every profile: no session, no Idempotency-Key.
 */
export function createFilePostRoutes(deps: { readonly files: Files; readonly receiver: PostReceiver }) {
  const tooLarge = () => {
    throw new ProblemError('upload.too-large')
  }
  return new Hono<HttpEnv>().post(
    '/api/files',
    bodyLimit({ maxSize: MAX_UPLOAD_BYTES + FORM_OVERHEAD, onError: tooLarge }),
    async (context) => {
      const form = await readForm(context.req.raw)
      const fields = Object.fromEntries(
        [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      )
      const policy = deps.receiver.openPolicy(fields)
      if (!policy) throw new ProblemError('upload.form-invalid')
      const file = form.get('file')
      if (!(file instanceof File)) throw new ProblemError('upload.missing')
      if (file.size > policy.maxBytes) throw new ProblemError('upload.too-large')
      const bytes = new Uint8Array(await file.arrayBuffer())
      // What the bytes are counts, not what they were announced as.
      const kind = await sniff(bytes)
      if (kind === undefined) throw new ProblemError('upload.type')
      await deps.files.write(policy.key, bytes, kind)
      return context.body(null, 204)
    },
  )
}

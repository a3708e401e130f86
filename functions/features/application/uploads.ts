import { sql } from 'drizzle-orm'
import type { UploadCreated } from '#shared/contract/application'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { commit } from '../../platform/db/commit'
import { firstAnswer, type Intent } from '../../platform/http/idempotency'
import { principalCtes } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { Cipher } from '../../platform/ports/cipher'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { Files } from '../../platform/ports/files'
import type { Ids } from '../../platform/ports/ids'
import { arrivalKey } from './file-keys'

export interface UploadDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly cipher: Cipher
  readonly files: Files
}

/** Photos of papers and scans; nothing that a phone might run. */
const KINDS = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const
export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024

/** What is kept of a promise for replays; with the request itself it gives the form again. */
interface Promised {
  readonly id: string
  readonly at: Instant
}

/**
 * Promises a file: the row, and the form by which the client posts it, one round trip. The form lets whoever has it
 * write, so it is kept nowhere: a repeated request has it made again, from the same promise.
 */
export const createCreateUpload =
  (deps: UploadDeps) =>
  async (
    tokenHash: string,
    intent: Intent,
    file: { readonly name: string; readonly contentType: string; readonly size: number },
  ): Promise<{ readonly created: UploadCreated; readonly replayed: boolean }> => {
    if (!KINDS.some((kind) => kind === file.contentType)) throw new ProblemError('upload.type')
    if (file.size > MAX_UPLOAD_BYTES) throw new ProblemError('upload.too-large')
    const now = deps.clock.now()
    const promised: Promised = { id: deps.ids.next(), at: now }
    const { id } = promised
    const committed = await commit(deps.database, {
      now,
      intent,
      status: 201,
      parts: [
        principalCtes(tokenHash, now),
        sql`promised as (insert into uploads (id, owner_id, name_sealed, content_type, size, storage_key, created_at)
          select ${id}::uuid, profile_id, ${deps.cipher.encrypt(file.name, `uploads.${id}.name`)},
            ${file.contentType}, ${file.size}::bigint, ${arrivalKey(id)}, ${now}::timestamptz from principal)`,
      ],
      demands: [{ holds: sql`exists(select 1 from principal)`, code: 'account.session-ended' }],
      answer: sql`${JSON.stringify(promised)}::json`,
    })
    if (committed.kind === 'done') return { created: await formOf(deps, promised, file), replayed: false }
    const first = JSON.parse(firstAnswer(intent, committed.prior)) as Promised
    return { created: await formOf(deps, first, file), replayed: true }
  }

async function formOf(
  { files }: UploadDeps,
  { id, at }: Promised,
  { contentType, size }: { readonly contentType: string; readonly size: number },
): Promise<UploadCreated> {
  const form = await files.createPostForm({
    key: arrivalKey(id),
    contentType,
    maxBytes: size,
    promisedAt: at,
  })
  return { id, ...form, fields: { ...form.fields } }
}

/** What the bytes are, whatever the client called them. */
export async function sniff(bytes: Uint8Array): Promise<(typeof KINDS)[number] | undefined> {
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(bytes)
  return KINDS.find((kind) => kind === found?.mime)
}

import { sql } from 'drizzle-orm'
import type { UploadCreated } from '#shared/contract/application'
import { commit } from '../../platform/db/commit'
import type { Intent } from '../../platform/http/idempotency'
import { type Principal, profilePrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { Cipher } from '../../platform/ports/cipher'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { Files } from '../../platform/ports/files'
import type { Ids } from '../../platform/ports/ids'

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

/** Promises a file: the row, and the form by which the client posts it. */
export const createCreateUpload =
  (deps: UploadDeps) =>
  async (
    principal: Principal,
    intent: Intent,
    file: { readonly name: string; readonly contentType: string; readonly size: number },
  ) => {
    if (!KINDS.some((kind) => kind === file.contentType)) throw new ProblemError('upload.type')
    if (file.size > MAX_UPLOAD_BYTES) throw new ProblemError('upload.too-large')
    const now = deps.clock.now()
    const id = deps.ids.next()
    const key = `uploads/${id}`
    const form = await deps.files.createPostForm({ key, contentType: file.contentType, maxBytes: file.size })
    const answer: UploadCreated = { id, ...form, fields: { ...form.fields } }
    return commit(deps.database, {
      now,
      intent,
      status: 201,
      by: profilePrincipal(principal.profileId),
      parts: [
        sql`promised as (insert into uploads (id, owner_id, name_sealed, content_type, size, storage_key, created_at)
          select ${id}::uuid, profile_id, ${deps.cipher.encrypt(file.name, `uploads.${id}.name`)},
            ${file.contentType}, ${file.size}::bigint, ${key}, ${now}::timestamptz from principal)`,
      ],
      demands: [],
      answer: sql`${JSON.stringify(answer)}::json`,
    })
  }

/** What the bytes are, whatever the client called them. */
export async function sniff(bytes: Uint8Array): Promise<(typeof KINDS)[number] | undefined> {
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(bytes)
  return KINDS.find((kind) => kind === found?.mime)
}

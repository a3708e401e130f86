import { type SQL, sql } from 'drizzle-orm'
import type { UploadCreated } from '#shared/contract/application'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { type Change, type Committed, commit } from '../../platform/db/commit'
import { firstAnswer, type Intent } from '../../platform/http/idempotency'
import { type PrincipalParts, sessionPrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { Cipher } from '../../platform/ports/cipher'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { Files } from '../../platform/ports/files'
import type { Ids } from '../../platform/ports/ids'
import { sealedIn } from '../../platform/ports/sealed-in'
import { arrivalKey } from './file-keys'
import { UNUSED_DAYS } from './remove-unused-uploads'

export interface UploadDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly cipher: Cipher
  readonly files: Files
}

/** Photos of papers and scans; nothing that a phone might run. */
const KINDS = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const
const MEGABYTE = 1024 * 1024
export const MAX_UPLOAD_BYTES = 10 * MEGABYTE
/** What one person may have lying unused who is not confirmed and no member of staff. */
const UNUSED_MEGABYTES = 200
const UNUSED_FILES = 200
const DAY_SECONDS = 86_400

const unusedDemand = (files: readonly { readonly size: number }[]) => ({
  holds: sql`(select p.real_name_level = 3 or p.staff_id is not null or (
      select coalesce(sum(u.size), 0) + ${files.reduce((sum, { size }) => sum + size, 0)}::bigint <= ${UNUSED_MEGABYTES * MEGABYTE}::bigint
        and count(*) + ${files.length}::int <= ${UNUSED_FILES}::int
      from uploads u where u.owner_id = p.profile_id and u.case_id is null) from principal p)`,
  code: 'request.rate-limited' as const,
})

const withUnusedWords = (cause: unknown) =>
  cause instanceof ProblemError && cause.code === 'request.rate-limited'
    ? new ProblemError(cause.code, {
        title: '传了还没用上的文件太多了',
        detail: `先把填好的申请交上来，用上的就不算了；或者明天再传，放了 ${UNUSED_DAYS} 天没用上的会自动删掉`,
        retryAfterSeconds: DAY_SECONDS,
      })
    : cause

/**
 * Commits what promises `files`, unless whoever asks would then have too many lying unused: a promise of one byte is a file
 * too. Refused, they read why, and when to try again.
 */
export const commitPromised = (
  database: Database,
  change: Extract<Change, { by: PrincipalParts }>,
  files: readonly { readonly size: number }[],
): Promise<Committed> =>
  commit(database, {
    ...change,
    demands: files.length === 0 ? change.demands : [...change.demands, unusedDemand(files)],
  }).catch((cause: unknown) => {
    throw withUnusedWords(cause)
  })

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
    const committed = await commitPromised(
      deps.database,
      {
        now,
        intent,
        status: 201,
        by: sessionPrincipal(tokenHash, now),
        parts: [
          sql`promised as (insert into uploads (id, owner_id, name_sealed, content_type, size, storage_key, created_at)
          select ${id}::uuid, profile_id, ${deps.cipher.encrypt(file.name, sealedIn.uploadName(id))},
            ${file.contentType}, ${file.size}::bigint, ${arrivalKey(id)}, ${now}::timestamptz from principal)`,
        ],
        demands: [{ holds: sql`exists(select 1 from principal)`, code: 'account.session-ended' }],
        answer: sql`${JSON.stringify(promised)}::json`,
      },
      [file],
    )
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

/** Part of the statement that promises copies of files which a case keeps, as uploads of whoever asks: one of each unused. */
export function copiesPart(
  { cipher }: Pick<UploadDeps, 'cipher'>,
  planned: readonly {
    readonly id: string
    readonly fileId: string
    readonly name: string
    readonly file: { readonly contentType: string; readonly size: number }
  }[],
  now: Instant,
): SQL {
  const rows = planned.map(({ id, fileId, name, file }) => ({
    id,
    of: fileId,
    name: cipher.encrypt(name, sealedIn.uploadName(id)),
    type: file.contentType,
    size: file.size,
    key: arrivalKey(id),
  }))
  return sql`promised as (insert into uploads (id, owner_id, name_sealed, content_type, size, storage_key, copied_from, created_at)
    select r.id, p.profile_id, r.name, r.type, r.size, r.key, r.of, ${now}::timestamptz
    from principal p, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, of uuid, name text, type text, size bigint, key text)
    on conflict (owner_id, copied_from) where case_id is null and copied_from is not null do update set created_at = excluded.created_at)`
}

/** What the bytes are, whatever the client called them. */
export async function sniff(bytes: Uint8Array): Promise<(typeof KINDS)[number] | undefined> {
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(bytes)
  return KINDS.find((kind) => kind === found?.mime)
}

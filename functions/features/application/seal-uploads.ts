import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { PROBLEMS } from '#shared/contract/problems'
import { jsonPointer } from '#shared/domain/kernel/json-pointer'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { principalPart } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { Database } from '../../platform/ports/database'
import type { Files } from '../../platform/ports/files'
import { arrivalKey, keptFolder } from './file-keys'
import { sniff } from './uploads'

const LONGEST_SIDE = 2000
const MAX_PIXELS = 50_000_000

interface Uploads {
  readonly ofPapers: readonly string[]
  /** Of fields for photos, which take no other files. */
  readonly ofFields: readonly string[]
}

/** A file as it is kept: what its row takes over in the statement that attaches it to a case. */
export interface SealedUpload {
  readonly id: string
  readonly storageKey: string
  /** What the kept bytes are. */
  readonly contentType: 'image/jpeg' | 'application/pdf'
  /** Of the kept bytes. */
  readonly size: number
  /** SHA-256 in hex of the bytes as they came, and as they are kept. */
  readonly arrivedDigest: string
  readonly keptDigest: string
}

/** All that phones and browsers are offered to take; what is kept is a JPEG. */
const PHOTOS: readonly (string | undefined)[] = ['image/jpeg', 'image/png', 'image/webp']

/**
 * Makes the arrived files fit to be kept: photos are turned upright, made smaller and written anew, which drops
 * place and camera and ends files that are two kinds at once; what is no photo or PDF is refused.
 *
 * What is kept stands under the digest of its own bytes: no form can be posted there, and whoever seals again, with
 * the same bytes or others, changes nothing that a case has taken. The file that came stays until the case has its
 * own (`discardArrived`), so that a filing that broke off can be repeated.
 */
export async function sealUploads(
  { files }: { readonly files: Files },
  { ofPapers, ofFields }: Uploads,
  body: unknown,
): Promise<readonly SealedUpload[]> {
  const sealed: SealedUpload[] = []
  for (const id of new Set([...ofPapers, ...ofFields])) {
    sealed.push(
      await seal(files, id, ofFields.includes(id)).catch((cause: unknown) => {
        throw cause instanceof ProblemError ? located(cause, id, body) : cause
      }),
    )
  }
  return sealed
}

/**
 * Says which files the statement could not take: those that somebody else brought, or that another case has. Whatever else
 * was thrown stays as it is.
 */
export async function locatedMissing(
  database: Database,
  request: { readonly tokenHash: string; readonly caseId: string | null; readonly body: unknown },
  cause: unknown,
  now: Instant,
): Promise<unknown> {
  if (!(cause instanceof ProblemError) || cause.code !== 'upload.missing' || cause.details.errors)
    return cause
  const { tokenHash, caseId, body } = request
  const taken = await database.rows<{ id: string }>(sql`with ${principalPart(tokenHash, now)}
    select u.id from (${idsAmong(textsIn(body))}) ids join uploads u on u.id = ids.id cross join principal p
    where (u.owner_id <> p.profile_id or u.case_id <> ${caseId}::uuid or (u.case_id is not null and ${caseId}::uuid is null))`)
  const errors = taken.flatMap(({ id }) => errorsAt(cause, id, body))
  return new ProblemError(cause.code, { ...cause.details, errors })
}

/** A key of a row; compared as text it would be found by no index. */
const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** `id` of each text that may be the key of a row. */
export const idsAmong = (texts: readonly string[]) =>
  sql`select distinct value::uuid as id from jsonb_array_elements_text(${JSON.stringify(
    texts.filter((text) => KEY.test(text)),
  )}::jsonb)`

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function errorsAt({ code, details }: ProblemError, id: string, body: unknown) {
  const message = details.detail ?? PROBLEMS[code].title
  return pointersTo(id, body, []).map((path) => ({ pointer: jsonPointer(path), code, message }))
}

/** The problem with the place in the request that names the file. */
const located = (problem: ProblemError, id: string, body: unknown) =>
  new ProblemError(problem.code, { ...problem.details, errors: errorsAt(problem, id, body) })

function pointersTo(id: string, value: unknown, path: readonly string[]): string[][] {
  if (value === id) return [[...path]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => pointersTo(id, each, [...path, key]))
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function seal(files: Files, id: string, isPhoto: boolean): Promise<SealedUpload> {
  const arrived = await files.read(arrivalKey(id))
  if (!arrived) throw new ProblemError('upload.missing')
  const kind = await sniff(arrived)
  if (isPhoto && !PHOTOS.includes(kind)) {
    throw new ProblemError('application.invalid', { detail: '这里要照片，jpg、png 或者 webp' })
  }
  if (kind === undefined) throw new ProblemError('upload.type')
  const contentType = kind === 'application/pdf' ? kind : 'image/jpeg'
  const kept = kind === 'application/pdf' ? arrived : await rewritten(arrived)
  const keptDigest = sha256(kept)
  const storageKey = `${keptFolder(id)}/${keptDigest}`
  await files.write(storageKey, kept, contentType)
  return { id, storageKey, contentType, size: kept.length, arrivedDigest: sha256(arrived), keptDigest }
}

async function rewritten(bytes: Uint8Array) {
  const { default: sharp } = await import('sharp')
  try {
    return await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .autoOrient()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 82 })
      .toBuffer()
  } catch {
    throw new ProblemError('upload.type', { detail: '这张照片打不开，重新拍一张' })
  }
}

/**
 * Lets files that a case keeps arrive once more under other uploads; answers those that did. What is missing is found
 * missing when it is filed.
 */
export async function copyArrived(
  { files }: { readonly files: Files },
  pairs: readonly {
    readonly id: string
    readonly file: { readonly storageKey: string; readonly contentType: string }
  }[],
): Promise<ReadonlySet<string>> {
  const arrived = new Set<string>()
  for (const { id, file } of pairs) {
    if (!(await files.has(arrivalKey(id)))) {
      const bytes = await files.read(file.storageKey)
      if (!bytes) continue
      await files.write(arrivalKey(id), bytes, file.contentType)
    }
    arrived.add(id)
  }
  return arrived
}

/**
 * Removes what came, once a case has what is kept of it. Whatever is missed here, and whatever the form brings
 * afterwards, is removed when the form has run out: the statement that attached the files has noted them.
 */
export async function discardArrived(
  { files }: { readonly files: Files },
  sealed: readonly SealedUpload[],
): Promise<void> {
  await Promise.allSettled(sealed.map(({ id }) => files.remove(arrivalKey(id))))
}

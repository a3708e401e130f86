import { PROBLEMS } from '#shared/contract/problems'
import { toPointer } from '../../platform/http/issues'
import { ProblemError } from '../../platform/http/problem'
import type { Files } from '../../platform/ports/files'
import { sniff } from './uploads'

const LONGEST_SIDE = 2000
const MAX_PIXELS = 50_000_000

interface Uploads {
  readonly ofPapers: readonly string[]
  /** Of fields for photos, which take no other files. */
  readonly ofFields: readonly string[]
}

const PHOTOS: readonly (string | undefined)[] = ['image/jpeg', 'image/png']

/**
 * Makes the arrived files fit to be kept: photos are turned upright, made smaller and written anew, which drops
 * place and camera and ends files that are two kinds at once; what is no photo or PDF is refused. Doing it again
 * changes nothing, so a request that is repeated may.
 */
export async function sealUploads(
  { files }: { readonly files: Files },
  { ofPapers, ofFields }: Uploads,
  body: unknown,
) {
  for (const id of new Set([...ofPapers, ...ofFields])) {
    await seal(files, `uploads/${id}`, ofFields.includes(id)).catch((cause: unknown) => {
      throw cause instanceof ProblemError ? located(cause, id, body) : cause
    })
  }
}

/** The problem with the place in the request that names the file. */
function located({ code, details }: ProblemError, id: string, body: unknown) {
  const message = details.detail ?? PROBLEMS[code].title
  return new ProblemError(code, {
    ...details,
    errors: pointersTo(id, body, []).map((path) => ({ pointer: toPointer(path), code, message })),
  })
}

function pointersTo(id: string, value: unknown, path: readonly string[]): string[][] {
  if (value === id) return [[...path]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => pointersTo(id, each, [...path, key]))
}

async function seal(files: Files, key: string, isPhoto: boolean) {
  const found = await files.find(key)
  if (!found) throw new ProblemError('upload.missing')
  const isSealed = (await files.find(`${key}.sealed`)) !== undefined
  if (isSealed && !isPhoto) return
  const bytes = await files.read(key)
  const kind = await sniff(bytes)
  if (isPhoto && !PHOTOS.includes(kind)) {
    throw new ProblemError('application.invalid', { detail: '这里要照片，jpg 或者 png' })
  }
  if (kind === undefined) throw new ProblemError('upload.type')
  if (isSealed) return
  if (kind !== 'application/pdf') await files.write(key, await rewritten(bytes), 'image/jpeg')
  await files.write(`${key}.sealed`, new Uint8Array(), 'text/plain')
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

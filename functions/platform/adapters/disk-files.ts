import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import type { Clock } from '../ports/clock'
import { type Files, FORM_SECONDS, type PostPolicy, type PostReceiver } from '../ports/files'

/** Undefined where there is no such file or folder. */
const orAbsent = (cause: unknown) => {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
  throw cause
}

/** Neither a crash nor a second writer of the same file leaves half of it under its name. */
async function replaceFile(path: string, content: Uint8Array) {
  const part = `${path}.${randomUUID()}.part`
  await writeFile(part, content)
  await rename(part, path)
}

/** Files in a folder; uploads go through the product's own `/api/files`. */
export function createDiskFiles(options: {
  readonly folder: string
  readonly secret: Uint8Array
  readonly postUrl: string
  readonly clock: Clock
}): Files & PostReceiver {
  const root = resolve(options.folder)
  const pathOf = (key: string) => {
    const path = resolve(root, key)
    if (!path.startsWith(root + sep)) throw new Error('a key outside the folder')
    return path
  }
  const sign = (policy: string) => createHmac('sha256', options.secret).update(policy).digest()
  return {
    createPostForm: async ({ key, contentType, maxBytes, promisedAt }) => {
      const expires = Date.parse(promisedAt) + FORM_SECONDS * 1000
      const policy = Buffer.from(JSON.stringify({ key, contentType, maxBytes, expires })).toString(
        'base64url',
      )
      return {
        url: options.postUrl,
        fields: { key, 'Content-Type': contentType, policy, signature: sign(policy).toString('base64url') },
      }
    },
    openPolicy(fields) {
      const { policy = '', signature = '' } = fields
      const given = Buffer.from(signature, 'base64url')
      const wanted = sign(policy)
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined
      const opened = JSON.parse(Buffer.from(policy, 'base64url').toString('utf8')) as PostPolicy & {
        expires: number
      }
      const matches = fields['key'] === opened.key && fields['Content-Type'] === opened.contentType
      return matches && opened.expires > Date.parse(options.clock.now()) ? opened : undefined
    },
    has: async (key) => (await stat(pathOf(key)).catch(orAbsent)) !== undefined,
    read: (key) => readFile(pathOf(key)).catch(orAbsent),
    // A folder keeps no types: the rows do.
    write: async (key, bytes) => {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true })
      await replaceFile(path, bytes)
    },
    keysIn: async (folder) => {
      const names = await readdir(pathOf(folder)).catch(orAbsent)
      return (names ?? []).map((name) => `${folder}/${name}`)
    },
    remove: async (key) => {
      const path = pathOf(key)
      // Files of before have their type beside them.
      await Promise.all([rm(path, { force: true }), rm(`${path}.type`, { force: true })])
    },
  }
}

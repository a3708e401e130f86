import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import type { Clock } from '../ports/clock'
import type { Files, PostPolicy, PostReceiver } from '../ports/files'

const TEN_MINUTES = 600_000

/** Neither a crash nor a second writer of the same file leaves half of it under its name. */
async function replaceFile(path: string, content: Uint8Array | string) {
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
  const write = async (key: string, bytes: Uint8Array, contentType: string) => {
    const path = pathOf(key)
    await mkdir(dirname(path), { recursive: true })
    await replaceFile(`${path}.type`, contentType)
    await replaceFile(path, bytes)
  }
  return {
    createPostForm: async ({ key, contentType, maxBytes }) => {
      const expires = Date.parse(options.clock.now()) + TEN_MINUTES
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
    find: async (key) => {
      const path = pathOf(key)
      const found = await stat(path).catch(() => undefined)
      if (!found) return undefined
      return { size: found.size, contentType: await readFile(`${path}.type`, 'utf8') }
    },
    read: (key) => readFile(pathOf(key)),
    write,
    remove: async (key) => {
      const path = pathOf(key)
      await Promise.all([rm(path, { force: true }), rm(`${path}.type`, { force: true })])
    },
  }
}

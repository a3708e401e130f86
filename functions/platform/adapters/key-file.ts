import { randomBytes, randomUUID } from 'node:crypto'
import { link, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyRing } from './cipher'
import { codeOf, FolderUnwritable, makeWritable } from './data-folder'

/** The file is there and holds no keys. */
export class KeysBroken extends Error {}

/** There is data, and the file with its keys is gone. */
export class KeysMissing extends Error {}

/** Where the embedded database lies in the data folder. */
export const databaseFolderOf = (folder: string) => join(folder, 'database')

/** Where its data lies, beside the claim of the process that has it open. */
export const dataOf = (databaseFolder: string) => join(databaseFolder, 'data')

/** The keys of a data folder. They are made before its first data, and never again: a new key opens nothing old. */
export async function embeddedKeys(folder: string): Promise<KeyRing> {
  const path = join(folder, 'keys.json')
  if (!(await isThere(path))) {
    if (await isThere(dataOf(databaseFolderOf(folder)))) throw new KeysMissing(path)
    await makeWritable(folder)
    await makeKeys(path)
  }
  const { field, index } = await readKeys(path)
  return { keys: [{ id: 'k1', secret: field }], indexSecret: index }
}

async function isThere(path: string) {
  try {
    await stat(path)
    return true
  } catch (cause) {
    // What cannot be looked at is not missing.
    if (codeOf(cause) !== 'ENOENT') throw new FolderUnwritable(path, cause)
    return false
  }
}

const secretText = () => randomBytes(32).toString('base64url')

/** Under its name the file is whole from the first moment, and whoever comes second keeps the first one's. */
async function makeKeys(path: string) {
  const text = JSON.stringify({ field: secretText(), index: secretText() })
  const part = `${path}.${randomUUID()}.part`
  try {
    const file = await open(part, 'wx', 0o600)
    await file.writeFile(text)
    await file.sync()
    await file.close()
    await link(part, path).catch(async (cause: unknown) => {
      if (codeOf(cause) === 'EEXIST') return
      // Some file systems have no links.
      await writeFile(path, text, { flag: 'wx', mode: 0o600 })
    })
  } catch (cause) {
    if (codeOf(cause) !== 'EEXIST') throw new FolderUnwritable(path, cause)
  } finally {
    await rm(part, { force: true })
  }
}

async function readKeys(path: string) {
  try {
    const { field, index } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
    return { field: secretOf(field), index: secretOf(index) }
  } catch (cause) {
    throw new KeysBroken(path, { cause })
  }
}

function secretOf(text: unknown) {
  if (typeof text !== 'string' || !/^[\w-]{43}$/.test(text)) throw new Error('expected 32 bytes in base64url')
  return Buffer.from(text, 'base64url')
}

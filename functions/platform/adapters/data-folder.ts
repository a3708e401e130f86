import { randomUUID } from 'node:crypto'
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** The code by which the system names an error, as `ENOENT`. */
export const codeOf = (cause: unknown) =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : undefined

const REASONS: Readonly<Record<string, string>> = {
  EACCES: '没有权限',
  EPERM: '没有权限',
  EROFS: '那里只能读',
  ENOENT: '那里建不了目录',
  ENOTDIR: '路径上有一个文件，不是目录',
  ENOSPC: '磁盘满了',
}

/** The folder cannot be made, or nothing can be written into it. */
export class FolderUnwritable extends Error {
  constructor(folder: string, cause: unknown) {
    const code = codeOf(cause)
    super(`${folder}（${(code && REASONS[code]) ?? code ?? String(cause)}）`, { cause })
  }
}

/** Makes the folder with what is above it, and tries it: permissions alone do not tell, least of all for root. */
export async function makeWritable(folder: string): Promise<void> {
  const trial = join(folder, `.trial-${randomUUID()}`)
  try {
    await makeFolder(folder)
    await writeFile(trial, 'trial', { flag: 'wx' })
    await rm(trial)
  } catch (cause) {
    await rm(trial, { force: true }).catch(() => {})
    throw new FolderUnwritable(folder, cause)
  }
}

/** Not by `recursive`: in /proc, which answers to every mkdir that the parent is missing, Node would try for ever. */
async function makeFolder(folder: string): Promise<void> {
  if (await stat(folder).catch(() => undefined)) return
  const parent = dirname(folder)
  if (parent !== folder) await makeFolder(parent)
  await mkdir(folder).catch((cause: unknown) => {
    // Another start was quicker.
    if (codeOf(cause) !== 'EEXIST') throw cause
  })
}

import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { codeOf, FolderUnwritable } from './data-folder'
import { lifeOf } from './process-life'

/** Somebody else has the folder open. */
export class FolderInUse extends Error {}

/**
 * Takes the folder for this process; answers how to give it back. A start writes its own claim before it reads the
 * others', so that of two at once one at least sees the other. What a dead process left is never taken over but
 * followed by the next number: removed first, it could already be the claim of somebody who was quicker.
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  try {
    return await claimFolder(folder)
  } catch (cause) {
    throw codeOf(cause) === undefined ? cause : new FolderUnwritable(folder, cause)
  }
}

async function claimFolder(folder: string) {
  const { since } = await lifeOf(process.pid)
  const own = `${process.pid} ${since ?? ''}\n`
  for (;;) {
    const before = await numbersIn(folder)
    await refuseIfHeld(folder, before)
    const number = Math.max(-1, ...before) + 1
    const path = pathOf(folder, number)
    const release = () => rm(path, { force: true })
    try {
      await writeFile(path, own, { flag: 'wx' })
    } catch (cause) {
      if (codeOf(cause) === 'EEXIST') continue
      throw cause
    }
    try {
      const others = (await numbersIn(folder)).filter((other) => other !== number)
      await refuseIfHeld(folder, others)
      await Promise.all(others.map((other) => rm(pathOf(folder, other), { force: true })))
    } catch (cause) {
      await release()
      throw cause
    }
    return release
  }
}

const pathOf = (folder: string, number: number) =>
  join(folder, number === 0 ? 'owner.pid' : `owner.${number}.pid`)

async function numbersIn(folder: string) {
  const names = (await readdir(folder)).map((name) => /^owner(?:\.(\d+))?\.pid$/.exec(name))
  return names.flatMap((found) => (found ? [Number(found[1] ?? 0)] : []))
}

async function refuseIfHeld(folder: string, numbers: readonly number[]) {
  for (const number of numbers) {
    const owner = await ownerIn(pathOf(folder, number))
    if (owner !== undefined) throw new FolderInUse(`${folder}（进程 ${owner}）`)
  }
}

/** The process that holds the folder by this claim, if it still runs. */
async function ownerIn(path: string): Promise<number | undefined> {
  const [, pid, since] = /^(\d+)(?: (.*))?$/.exec((await written(path)).trim()) ?? []
  const owner = Number(pid)
  const life = await lifeOf(owner)
  if (!life.running) return undefined
  // In a new container the product has the number again that it had in the old one.
  if (life.since === null) return owner === process.pid ? undefined : owner
  return life.since === since ? owner : undefined
}

/** A claim that is empty is being written, unless its writer died over it. */
async function written(path: string) {
  for (let patience = 20; patience > 0; patience--) {
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      if (codeOf(cause) === 'ENOENT') return undefined
      throw cause
    })
    if (text === undefined) return ''
    if (text.endsWith('\n')) return text
    await wait(25)
  }
  return ''
}

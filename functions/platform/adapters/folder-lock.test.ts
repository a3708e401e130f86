import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { FolderInUse, holdFolder } from './folder-lock'

let programs: string
beforeAll(async () => {
  programs = await mkdtemp(join(tmpdir(), 'holder-'))
  await build({
    stdin: {
      contents: `
        import { holdFolder } from './functions/platform/adapters/folder-lock'
        const answer = await holdFolder(process.argv[2]).then(() => 'held', (cause) => cause.constructor.name)
        console.log(answer)
        if (answer === 'held') setInterval(() => {}, 1000)`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: join(programs, 'holder.mjs'),
  })
})
afterAll(() => rm(programs, { recursive: true, force: true }))

let folder: string
let children: ChildProcess[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'))
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

function started(command: string, ...words: string[]) {
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  return child
}

/** Another process that tries to hold the folder, and what came of it. */
async function holder() {
  const child = started(process.execPath, join(programs, 'holder.mjs'), folder)
  const [answer] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, answer: answer.toString().trim() }
}

async function killed(child: ChildProcess) {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** What a process leaves behind when it is killed, as a real one wrote it; its number is another's by then. */
async function leaveClaimOf(numberOf: () => number | undefined) {
  const { child, answer } = await holder()
  expect(answer).toBe('held')
  await killed(child)
  const pid = numberOf()
  const path = join(folder, 'owner.pid')
  await writeFile(path, (await readFile(path, 'utf8')).replace(/^\d+/, String(pid)))
}

async function taken() {
  const release = await holdFolder(folder)
  const names = await readdir(folder)
  await release()
  expect(await readdir(folder)).toEqual([])
  return names
}

test('held once at a time, and free again afterwards', async () => {
  const release = await holdFolder(folder)
  await expect(holdFolder(folder)).rejects.toThrow(FolderInUse)
  expect((await holder()).answer).toBe('FolderInUse')
  await release()
  expect(await taken()).toEqual(['owner.pid'])
})

test('another process that holds it is named', async () => {
  const { child } = await holder()
  await expect(holdFolder(folder)).rejects.toThrow(`${folder}（进程 ${child.pid}）`)
  await killed(child)
  expect(await taken()).toEqual(['owner.1.pid'])
})

test('what a killed process left is no hindrance when its number belongs to another process', async () => {
  await leaveClaimOf(() => started('sleep', '60').pid)
  expect(await taken()).toEqual(['owner.1.pid'])
})

test('nor when its number is our own, as in a new container', async () => {
  await leaveClaimOf(() => process.pid)
  expect(await taken()).toEqual(['owner.1.pid'])
})

test.each(['', '\n', 'nonsense', '0\n', '999999999\n', `${process.pid}\n`, `${process.pid}`])(
  'nor when a power cut left %j',
  async (text) => {
    await writeFile(join(folder, 'owner.pid'), text)
    expect(await taken()).toEqual(['owner.1.pid'])
  },
)

test('a process that ended and that nobody has reaped holds nothing', async () => {
  // The shell becomes a sleep that knows nothing of its child.
  const parent = started(
    'sh',
    '-c',
    `${process.execPath} ${join(programs, 'holder.mjs')} ${folder} & echo $!; exec sleep 60`,
  )
  let printed = ''
  parent.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
  })
  await expect.poll(() => printed, { timeout: 10_000 }).toContain('held')
  await expect(holdFolder(folder)).rejects.toThrow(FolderInUse)
  const pid = Number(/\d+/.exec(printed)?.[0])
  process.kill(pid, 'SIGKILL')
  await expect.poll(taken, { timeout: 10_000 }).toEqual(['owner.1.pid'])
  expect(() => process.kill(pid, 0)).not.toThrow()
})

test('of many processes at once, over what a killed one left, exactly one holds it', async () => {
  await leaveClaimOf(() => started('sleep', '60').pid)
  const answers = await Promise.all(Array.from({ length: 6 }, holder))
  expect(answers.map(({ answer }) => answer).sort()).toEqual([
    ...Array.from({ length: 5 }, () => 'FolderInUse'),
    'held',
  ])
  await expect(holdFolder(folder)).rejects.toThrow(FolderInUse)
})

test('of many at once in one process, again and again, exactly one holds it', async () => {
  for (let round = 0; round < 30; round++) {
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => holdFolder(folder)))
    const held = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(held).toHaveLength(1)
    await held[0]?.()
    await writeFile(join(folder, 'owner.pid'), `999999999 since\n`)
  }
})

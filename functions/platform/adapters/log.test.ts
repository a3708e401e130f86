import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLog } from './log'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-'))
  file = join(folder, 'log')
})
afterEach(() => rm(folder, { recursive: true }))

const eventsIn = async () =>
  (await readFile(file, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { event: string }).event)

test('a function writes each line before it is frozen', async () => {
  const log = createLog('info', { to: file })
  log.info('one')
  log.warn('two')
  expect(await eventsIn()).toEqual(['one', 'two'])
})

test('a server gathers its lines for a moment, and an error takes them along', async () => {
  const log = createLog('info', { gathers: true, to: file })
  log.info('one')
  await vi.waitFor(async () => expect(await eventsIn()).toEqual(['one']), { timeout: 2_000 })
  log.info('two')
  log.error('three', {}, new Error('a name that must not be told'))
  await vi.waitFor(async () => expect(await eventsIn()).toEqual(['one', 'two', 'three']), { timeout: 2_000 })
  expect(await readFile(file, 'utf8')).not.toContain('a name')
})

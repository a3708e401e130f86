import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { houseFiles, linesMatching, textOf, writtenFiles } from './house'

// Put together so that this file does not find itself.
const word = (...parts: string[]) => new RegExp(parts.join(''))

test('the rules of law know no clock and no chance', () => {
  const rules = houseFiles().filter(
    (file) => /^shared\/domain\/.*\.ts$/.test(file) && !/\.test\.ts$/.test(file),
  )
  expect(rules.length).toBeGreaterThan(20)
  expect(linesMatching(rules, /Math\.random|new Date\b|Date\.now/)).toEqual([])
})

test('nothing is left for later', () => {
  expect(linesMatching(writtenFiles(), word('(?<![\\w-])(TO', 'DO|FIX', 'ME|XX', 'X)(?!\\w)'))).toEqual([])
})

test('no file names a machine’s folder or a registry', () => {
  const machine = word('(^|[\\s\'"`(=])/(wo', 'rk|tm', 'p|ho', 'me|ro', 'ot|Us', 'ers)/[\\w.-]')
  const registry = word('(regis', 'try\\.np', 'm|regis', 'try\\.yarn|npm', 'mirror|pkg\\.git', 'hub)')
  expect(linesMatching(writtenFiles(), machine)).toEqual([])
  expect(linesMatching(houseFiles(), registry).filter((line) => !line.endsWith('.png'))).toEqual([])
})

test('no file names what lies outside the house', () => {
  const outside = word('\\.\\./sha', 'red/(spec|design|data|starter|fonts|hooks)')
  expect(linesMatching(writtenFiles(), outside)).toEqual([])
})

const LONGEST = [
  { of: /\.test\.ts$|^tests\//, lines: 550 },
  { of: /\.css$/, lines: 750 },
  { of: /\.(ts|tsx|js|mjs|cjs)$/, lines: 400 },
  { of: /\.md$/, lines: 250 },
] as const

test('every file can be read in one sitting', () => {
  const long = writtenFiles().filter((file) => {
    const most = LONGEST.find(({ of }) => of.test(file))?.lines
    return most !== undefined && textOf(file).split('\n').length > most
  })
  expect(long).toEqual([])
})

test('the log speaks English: codes and counts, no titles of screens', () => {
  const servers = houseFiles().filter((file) => /^functions\/.*\.ts$/.test(file) && !/\.test\.ts$/.test(file))
  const calls = servers.flatMap((file) =>
    [...textOf(file).matchAll(/\blog\.(?:info|warn|error)\([^;]*?\)\n/g)].map(([call]) => ({ file, call })),
  )
  expect(calls.length).toBeGreaterThan(8)
  expect(calls.filter(({ call }) => /[\u4e00-\u9fff]/.test(call))).toEqual([])
})

test('every dependency is one version', () => {
  const manifest = JSON.parse(textOf('package.json')) as Record<string, Record<string, string>>
  for (const group of ['dependencies', 'devDependencies', 'overrides']) {
    for (const [name, version] of Object.entries(manifest[group] ?? {})) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
    }
  }
})

const FIRST_BESIDE = 7
const FIRST_VERB = 11
const VERBS =
  /^\d{4}_(add|create|date|drop|fill|find|keep|narrow|remember|remove|replace|split|vacuum|widen)-/
describe.each(['drizzle', 'drizzle/sandbox'])('the migrations of %s', (folder) => {
  const { entries } = JSON.parse(textOf(`${folder}/meta/_journal.json`)) as {
    entries: { idx: number; when: number; tag: string }[]
  }

  test('are those of the journal, in its order', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.sql'))
    expect(files.sort()).toEqual(entries.map(({ tag }) => `${tag}.sql`))
    expect(entries.map(({ idx }) => idx)).toEqual(entries.map((_, index) => index))
    const times = entries.map(({ when }) => when)
    expect(times).toEqual([...times].sort((left, right) => left - right))
  })

  test('give up a table that is in use, since another version may serve beside them', () => {
    const later = entries.filter(({ idx }) => folder === 'drizzle' && idx >= FIRST_BESIDE)
    const silent = later.filter(({ tag }) => !/SET LOCAL lock_timeout/.test(textOf(`drizzle/${tag}.sql`)))
    expect(silent).toEqual([])
  })

  test('have a snapshot each, named by a verb and a noun', () => {
    for (const { tag, idx } of entries) {
      expect(tag).toMatch(/^\d{4}_[a-z]+(-[a-z0-9]+)+$/)
      if (idx >= FIRST_VERB) expect(tag).toMatch(VERBS)
      expect(readdirSync(`${folder}/meta`)).toContain(`${tag.slice(0, 4)}_snapshot.json`)
    }
  })
})

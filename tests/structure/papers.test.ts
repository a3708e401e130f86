import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { houseFiles, textOf } from './house'

const papers = () =>
  houseFiles().filter(
    (file) =>
      /^(README|CONTRIBUTING|SECURITY|CHANGELOG|docs\/|functions\/sandbox\/README)/.test(file) &&
      file.endsWith('.md'),
  )

const TOP = ['shared', 'functions', 'miniprogram', 'drizzle', 'docs', 'tests']
/** What a build makes, and what a running county keeps. */
const MADE = /^(dist|data|miniprogram\/dist|node_modules)(\/|$)/

/** A path of the house: under one of its trees, or a file of its root; patterns name no one file. */
const isPath = (text: string) =>
  !/[*<>{}…\s]/.test(text) &&
  (new RegExp(`^(${TOP.join('|')})/`).test(text) || /^[\w.-]+\.(md|json|ts|cjs|mjs)$/.test(text))

test.each(papers())('%s cites what is there', (paper) => {
  const folder = paper.includes('/') ? paper.slice(0, paper.lastIndexOf('/')) : '.'
  const text = textOf(paper)
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(([, path]) => path?.replace(/#.*$|:\d+$/, '') ?? '')
  const linked = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, path]) => path ?? '')
  const missing = [
    ...quoted
      .filter((path) => isPath(path) && !MADE.test(path))
      .filter((path) => !existsSync(path) && !existsSync(`${folder}/${path}`)),
    ...linked.filter((path) => !existsSync(`${folder}/${path}`)),
  ]
  expect(missing).toEqual([])
})

const headingsOf = (text: string) =>
  [...withoutCode(text).matchAll(/^(#+) /gm)].map(([, marks]) => marks?.length ?? 0)
const codeOf = (text: string) => [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([block]) => block)
const withoutCode = (text: string) => text.replace(/^```\w*\n[\s\S]*?^```$/gm, '')

test('the two READMEs have the same sections, commands, tables and pictures', () => {
  const [english, chinese] = ['README.md', 'README.zh-CN.md'].map(textOf)
  if (english === undefined || chinese === undefined) throw new Error('a README is missing')
  const shapeOf = (text: string) => ({
    headings: headingsOf(text),
    commands: codeOf(text).filter((block) => block.startsWith('```sh')),
    pictures: [...text.matchAll(/src="([^"]+)"/g)].map(([, source]) => source),
    tableRows: text.split('\n').filter((line) => line.startsWith('|')).length,
  })
  expect(shapeOf(chinese)).toEqual(shapeOf(english))
})

const CHINESE = 'docs/zh/'
const runbooksInChinese = () => houseFiles().filter((file) => file.startsWith(CHINESE))

test.each(runbooksInChinese())(
  '%s says what the English runbook says: section by section, command by command',
  (file) => {
    const name = file.slice(CHINESE.length)
    const [chinese, english] = [textOf(file), textOf(`docs/runbooks/${name}`)]
    const shapeOf = (text: string) => ({
      headings: headingsOf(text),
      code: codeOf(text),
      tableRows: text.split('\n').filter((line) => line.startsWith('|')).length,
      items: withoutCode(text).match(/^(?:-|\d+\.) /gm)?.length,
    })
    expect(shapeOf(chinese)).toEqual(shapeOf(english))
    expect(english).toContain(`\n[中文](../zh/${name})\n`)
    expect(chinese).toContain(`\n[English](../runbooks/${name})\n`)
  },
)

test('whoever runs the product in a county finds every runbook in Chinese', () => {
  const runbooks = houseFiles().filter((file) => file.startsWith('docs/runbooks/'))
  const inChinese = runbooks.map((file) => file.replace('docs/runbooks/', CHINESE))
  expect(runbooksInChinese()).toEqual(inChinese)
  for (const file of inChinese) expect(textOf('README.zh-CN.md')).toContain(file)
})

const scripts = () =>
  Object.keys((JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }).scripts)
const namedIn = (files: readonly string[], pattern: RegExp) => [
  ...new Set(files.flatMap((file) => [...textOf(file).matchAll(pattern)].map(([, name]) => name ?? ''))),
]

test('every command of the papers is a script of the house, and every script stands in the README', () => {
  const named = namedIn(papers(), /npm run (?:--silent )?([\w:-]+)/g)
  expect(named.filter((script) => !scripts().includes(script))).toEqual([])
  const shown = namedIn(['README.md'], /`npm (?:run )?([\w:-]+)[^`]*`/g)
  expect(scripts().filter((script) => !shown.includes(script))).toEqual([])
})

test('every operator’s command of the papers is one, and each stands in the README', () => {
  const commands = houseFiles().flatMap((file) => {
    const name = /^functions\/commands\/([\w-]+)\.ts$/.exec(file)?.[1]
    return name && /export async function run\b/.test(textOf(file)) ? [name] : []
  })
  expect(commands.length).toBeGreaterThan(4)
  const named = namedIn(papers(), /npm run county -- ([\w-]+)/g)
  expect(named.filter((name) => !commands.includes(name))).toEqual([])
  expect(commands.filter((name) => !textOf('README.md').includes(`\`${name}\``))).toEqual([])
})

const variables = () => {
  const schema = textOf('functions/platform/config/environment.ts')
  return [...schema.matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map(([, name]) => name ?? '')
}

test('every variable of the environment stands in the configuration', () => {
  const configuration = textOf('docs/configuration.md')
  expect(variables().length).toBeGreaterThan(20)
  expect(variables().filter((name) => !configuration.includes(`\`${name}\``))).toEqual([])
})

test('every variable that the papers set is one of the environment, or of the build', () => {
  const build = /process\.env\['(\w+)'\]/g
  const known = [...variables(), ...namedIn(['miniprogram/config/index.ts'], build)]
  const set = papers().flatMap((paper) =>
    codeOf(textOf(paper)).flatMap((block) =>
      [...block.matchAll(/(?:^|\s)([A-Z][A-Z0-9_]{2,})=/gm)].map(([, name]) => name ?? ''),
    ),
  )
  expect(set.length).toBeGreaterThan(20)
  expect([...new Set(set)].filter((name) => !known.includes(name))).toEqual([])
})

const DECISION = ['## Context', '## Decision', '## Consequences']
test.each(houseFiles().filter((file) => file.startsWith('docs/adr/')))(
  '%s is a decision on one page',
  (file) => {
    const text = textOf(file)
    expect(file).toMatch(/^docs\/adr\/\d{4}-[a-z0-9-]+\.md$/)
    expect(text).toMatch(/^# \d{4} \S/)
    for (const part of DECISION) expect(text).toContain(`\n${part}\n`)
    expect(text.split('\n').length).toBeLessThanOrEqual(30)
  },
)

test('decisions are numbered without a gap', () => {
  const numbers = houseFiles()
    .filter((file) => file.startsWith('docs/adr/'))
    .map((file) => Number(file.slice('docs/adr/'.length, 'docs/adr/'.length + 4)))
  expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1))
})

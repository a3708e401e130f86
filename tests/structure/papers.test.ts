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

test('every command of the READMEs is a script of the house', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
  const named = papers().flatMap((paper) =>
    [...textOf(paper).matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, script]) => script ?? ''),
  )
  expect([...new Set(named)].filter((script) => !(script in scripts))).toEqual([])
})

test('every variable of the environment stands in the README', () => {
  const schema = textOf('functions/platform/config/environment.ts')
  const variables = [...schema.matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map(([, name]) => name ?? '')
  const readme = textOf('README.md')
  expect(variables.length).toBeGreaterThan(20)
  expect(variables.filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
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

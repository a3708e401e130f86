import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { houseFiles, textOf } from './house'

const code = () =>
  houseFiles()
    .filter(
      (file) => /^(shared|functions|miniprogram\/src)\/.*\.tsx?$/.test(file) && !/\.test\.ts$/.test(file),
    )
    .map(textOf)
    .join('\n')

const rowsOf = (paper: string) =>
  textOf(paper)
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|-]+$/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))

const quotedIn = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '')

/** A whole word, hyphens included: `case` is not found in `case-view`. */
const isWordOf = (text: string, name: string) =>
  new RegExp(`(?<![\\w-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`).test(text)

test('every name of the glossary is one that the code uses', () => {
  const names = rowsOf('docs/glossary.md').flatMap(([, , names]) => quotedIn(names))
  const text = code()
  expect(names.length).toBeGreaterThan(100)
  expect(names.filter((name) => !isWordOf(text, name))).toEqual([])
})

test('the glossary has one line for a name', () => {
  const names = rowsOf('docs/glossary.md').flatMap(([, , names]) => quotedIn(names))
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

/** `file#name`, cited anywhere in the papers. */
const cited = () =>
  houseFiles()
    .filter((file) => file.endsWith('.md'))
    .flatMap((paper) =>
      [...textOf(paper).matchAll(/`([\w./-]+\.tsx?)#(\w+)`/g)].map(([, file, name]) => ({
        paper,
        file: file ?? '',
        name: name ?? '',
      })),
    )

test('what the papers cite by name, its file declares', () => {
  const citations = cited()
  expect(citations.length).toBeGreaterThan(30)
  const wrong = citations.filter(
    ({ file, name }) =>
      !existsSync(file) ||
      !new RegExp(`\\b(const|function|interface|type|class) ${name}\\b`).test(textOf(file)),
  )
  expect(wrong).toEqual([])
})

test('every rule of the legal basis names its article and its place', () => {
  const rules = rowsOf('docs/legal-basis.md').filter(([, rule]) => rule !== 'Rule')
  expect(rules.length).toBeGreaterThan(35)
  expect(
    rules.filter((cells) => cells.length !== 5 || cells.slice(1, 4).some((cell) => cell === '')),
  ).toEqual([])
})

test('every article that the rules cite stands in the legal basis', () => {
  const basis = textOf('docs/legal-basis.md')
  const articles = houseFiles()
    .filter((file) => /^shared\/domain\/.*\.ts$/.test(file) && !/\.test\.ts$/.test(file))
    .flatMap((file) => [...textOf(file).matchAll(/([\u4e00-\u9fff]{1,8}(?:法|典|条例|办法)) (第\d+条)/g)])
    .map(([, law, article]) => `${law} ${article}`)
  expect(articles.length).toBeGreaterThan(8)
  const known = (article: string) => {
    const [law = '', number = ''] = article.split(' ')
    return basis
      .split('\n')
      .some(
        (line) =>
          line.includes(law) && new RegExp(`第[\\d、]*\\b${number.slice(1, -1)}\\b[\\d、]*条`).test(line),
      )
  }
  expect([...new Set(articles)].filter((article) => !known(article))).toEqual([])
})

import { existsSync } from 'node:fs'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { houseFiles, textOf } from './house'

const sources = () =>
  houseFiles().filter(
    (file) => /^(shared|functions|miniprogram\/src)\/.*\.tsx?$/.test(file) && !/\.test\.ts$/.test(file),
  )

const isLiteral = (node: ts.Node): node is ts.LiteralLikeNode =>
  ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)

/** What a file declares: its names, those of properties, and words that are values or types; of imports nothing. */
function namesIn(file: string): readonly string[] {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, false, kind)
  const names: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return
    const { name } = node as { readonly name?: ts.Node }
    const declares = !ts.isPropertyAccessExpression(node) && !ts.isJsxAttribute(node)
    if (declares && name && (ts.isIdentifier(name) || isLiteral(name))) names.push(name.text)
    if (isLiteral(node)) names.push(node.text)
    node.forEachChild(visit)
  }
  visit(source)
  return names
}

const rowsOf = (paper: string) =>
  textOf(paper)
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|-]+$/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))

const quotedIn = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '')

test('every name of the glossary is one that the code declares, or a word that it stores or sends', () => {
  const names = rowsOf('docs/glossary.md').flatMap(([, , names]) => quotedIn(names))
  const declared = new Set(sources().flatMap(namesIn))
  expect(names.length).toBeGreaterThan(100)
  expect(names.filter((name) => !declared.has(name))).toEqual([])
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

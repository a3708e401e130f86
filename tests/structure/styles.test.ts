import { posix } from 'node:path'
import { parse } from 'postcss'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { pages } from '#shared/contract/pages'
import { houseFiles, textOf } from './house'

/** Classes that Taro puts on elements of its own in the browser. */
const OF_TARO = [
  'preview-image',
  'taro_page',
  'taro_page_show',
  'taro_router',
  'taro-tabbar__container',
  'taro-tabbar__panel',
  'taro-textarea',
]

const sheets = () => houseFiles().filter((file) => /^miniprogram\/src\/.*\.css$/.test(file))

/** Every text in quotes of the pages: a class is one, or part of one. */
const texts = () =>
  houseFiles()
    .filter((file) => /^miniprogram\/src\/.*\.tsx?$/.test(file))
    .flatMap((file) => textOf(file).match(/`[^`]*`|"[^"\n]*"|'[^'\n]*'/g) ?? [])
    .join('\n')

const classesOf = (sheet: string) => {
  const found = new Set<string>()
  parse(textOf(sheet)).walkRules(({ selector }) => {
    for (const [, name] of selector.matchAll(/\.(-?[A-Za-z_][\w-]*)/g)) if (name) found.add(name)
  })
  return [...found]
}

/** `tag--${kind}` stands for every class that begins so. */
const beginnings = (name: string) =>
  [...name.matchAll(/[-_](?=[^-_])/g)].map(({ index }) => `${name.slice(0, index + 1)}\${`)

test('every class of the style sheets is one that a page gives', () => {
  const given = texts()
  const isGiven = (name: string) =>
    OF_TARO.includes(name) ||
    new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(given) ||
    beginnings(name).some((beginning) => given.includes(beginning))
  expect(sheets().length).toBeGreaterThan(10)
  const dead = sheets().flatMap((sheet) =>
    classesOf(sheet)
      .filter((name) => !isGiven(name))
      .map((name) => `${sheet}: .${name}`),
  )
  expect(dead).toEqual([])
})

/** The texts that an expression may answer; what it compares with is no answer. */
function textsIn(node: ts.Node): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.map(({ literal }) => `\0${literal.text}`)
    return [
      node.head.text + spans.join(''),
      ...node.templateSpans.flatMap((span) => textsIn(span.expression)),
    ]
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.getText().endsWith('==')) return []
  if (ts.isConditionalExpression(node)) return [...textsIn(node.whenTrue), ...textsIn(node.whenFalse)]
  if (ts.isElementAccessExpression(node) || ts.isPropertyAccessExpression(node)) return []
  const found: string[] = []
  node.forEachChild((child) => {
    found.push(...textsIn(child))
  })
  return found
}

const givenBefore = new Map<string, readonly string[]>()

/** Every class that a file gives: `\0` stands for a part that is worked out. */
function givenIn(file: string): readonly string[] {
  const before = givenBefore.get(file)
  if (before) return before
  const found = new Set<string>()
  const look = (node: ts.Node) => {
    const isClass = ts.isJsxAttribute(node) && node.name.getText() === 'className'
    const isCall = ts.isCallExpression(node) && node.expression.getText() === 'classNames'
    if (isClass || isCall)
      for (const text of textsIn(node)) for (const name of text.split(/\s+/)) found.add(name)
    node.forEachChild(look)
  }
  look(ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX))
  found.delete('')
  givenBefore.set(file, [...found])
  return [...found]
}

const SOURCE = 'miniprogram/src/'
const ENDINGS = ['', '.ts', '.tsx', '.h5.ts', '.h5.tsx', '/index.h5.ts']

/** What a file takes in by a relative path, style sheets among it. */
function importsOf(file: string, known: ReadonlySet<string>) {
  const paths = [...textOf(file).matchAll(/(?:import|from|@import) ['"](\.[^'"]+)['"]/g)].map(
    ([, path]) => path,
  )
  return paths.flatMap((path) => {
    const plain = posix.join(posix.dirname(file), path ?? '')
    return ENDINGS.map((ending) => plain + ending).filter((name) => known.has(name))
  })
}

/** A file with everything that it takes in. */
function withImports(file: string, known: ReadonlySet<string>, seen = new Set<string>()) {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const one of importsOf(file, known)) withImports(one, known, seen)
  return seen
}

test('every class that a page gives has a look in a sheet that this page has', () => {
  const known = new Set(houseFiles().filter((file) => file.startsWith(SOURCE)))
  const app = withImports(`${SOURCE}app.css`, known)
  const missing = pages.flatMap(({ path }) => {
    const files = [...withImports(`${SOURCE}${path}.tsx`, known), ...app]
    const defined = [...new Set(files.filter((file) => file.endsWith('.css')).flatMap(classesOf))]
    const isDefined = (name: string) => {
      const parts = name.split('\0').map((part) => part.replace(/[^\w-]/g, ''))
      return defined.some((one) => new RegExp(`^${parts.join('[\\w-]+')}$`).test(one))
    }
    return files
      .filter((file) => file.endsWith('.tsx'))
      .flatMap((file) => givenIn(file).map((name) => ({ file, name })))
      .filter(({ name }) => !isDefined(name))
      .map(({ file, name }) => `${path}: ${name.replace(/\0/g, '…')} of ${file}`)
  })
  expect(app.size).toBeGreaterThan(3)
  expect(missing).toEqual([])
})

test('a colour, a space and a size have one name: what a sheet uses is defined', () => {
  const all = sheets().map(textOf).join('\n')
  const defined = new Set([...all.matchAll(/(--[a-z][\w-]*)\s*:/g)].map(([, name]) => name))
  const used = [...all.matchAll(/var\((--[a-z][\w-]*)/g)].map(([, name]) => name ?? '')
  expect(used.length).toBeGreaterThan(100)
  expect([...new Set(used)].filter((name) => !defined.has(name))).toEqual([])
})

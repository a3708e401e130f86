import { parse } from 'postcss'
import { expect, test } from 'vitest'
import { houseFiles, textOf } from './house'

/** Classes that Taro puts on elements of its own in the browser. */
const OF_TARO = ['taro_page', 'taro_router', 'taro-textarea']

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

test('a colour, a space and a size have one name: what a sheet uses is defined', () => {
  const all = sheets().map(textOf).join('\n')
  const defined = new Set([...all.matchAll(/(--[a-z][\w-]*)\s*:/g)].map(([, name]) => name))
  const used = [...all.matchAll(/var\((--[a-z][\w-]*)/g)].map(([, name]) => name ?? '')
  expect(used.length).toBeGreaterThan(100)
  expect([...new Set(used)].filter((name) => !defined.has(name))).toEqual([])
})

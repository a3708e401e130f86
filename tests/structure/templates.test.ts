import { createRequire } from 'node:module'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { houseFiles, textOf } from './house'

const { unused } = createRequire(import.meta.url)('../../miniprogram/config/unused-attributes.cjs') as {
  unused: Readonly<Record<string, readonly string[]>>
}

/** As a page writes what Taro holds as `bindTouchStart` or `hover-stay-time`; a long tap has two names. */
const writtenAs = (name: string) =>
  name === 'bindLongTap'
    ? ['onLongTap', 'onLongPress']
    : [name.replace(/^bind/, 'on').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())]

/** By spread it is in an object first, in whichever file: `hoverStayTime: 80`. */
const spread = () =>
  houseFiles()
    .filter((file) => /^miniprogram\/src\/.*\.tsx?$/.test(file))
    .flatMap((file) => [...textOf(file).matchAll(/\b(\w+): /g)].map(([, name]) => name))

/** `<View onTouchStart=…>` as `View onTouchStart`. */
function givenIn(file: string) {
  const found: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isJsxOpeningLikeElement(node))
      for (const each of node.attributes.properties)
        if (ts.isJsxAttribute(each)) found.push(`${node.tagName.getText()} ${each.name.getText()}`)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX))
  return found
}

test('what base.wxml goes without is given by no page', () => {
  const given = new Set(
    houseFiles()
      .filter((file) => /^miniprogram\/src\/.*\.tsx$/.test(file))
      .flatMap(givenIn),
  )
  expect(given).toContain('View onClick')
  const taken = Object.entries(unused).flatMap(([component, names]) =>
    names.flatMap((name) => writtenAs(name).map((written) => `${component} ${written}`)),
  )
  expect(taken.length).toBeGreaterThan(20)
  expect(taken.filter((each) => given.has(each))).toEqual([])
  const inObjects = new Set(spread())
  expect(inObjects).toContain('hoverStayTime')
  const ofTaro = Object.values(unused)
    .flat()
    .flatMap(writtenAs)
    .filter((name) => /^(on|hover)/.test(name))
  expect(ofTaro.filter((name) => inObjects.has(name))).toEqual([])
})

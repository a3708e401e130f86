import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { pages } from '#shared/contract/pages'
import { houseFiles, textOf } from './house'

const SOURCES = new Map(
  houseFiles()
    .filter(
      (file) => /^miniprogram\/src\/.*\.tsx?$/.test(file) && !/\.test\.tsx?$|index\.h5\.tsx?$/.test(file),
    )
    .map((file) => [file, textOf(file)]),
)
const importedBy = (file: string, text: string) =>
  [...text.matchAll(/(?:from|import)\s*\(?'(\.[^']*)'/g)].flatMap(([, path = '']) => {
    const to = join(dirname(file), path)
    return [`${to}.tsx`, `${to}.ts`].filter((each) => SOURCES.has(each))
  })
const IMPORTS = new Map([...SOURCES].map(([file, text]) => [file, importedBy(file, text)]))

/** Titles of the pages that some way through their imports make the call. */
function pagesThat(call: RegExp) {
  const callers = new Set([...SOURCES].filter(([, text]) => call.test(text)).map(([file]) => file))
  const reaches = (file: string, seen: Set<string>): boolean => {
    if (callers.has(file)) return true
    if (seen.has(file)) return false
    seen.add(file)
    return (IMPORTS.get(file) ?? []).some((each) => reaches(each, seen))
  }
  return pages
    .filter(({ path }) => reaches(`miniprogram/src/${path}.tsx`, new Set()))
    .map(({ title }) => title)
}

/** Rows of the table of what WeChat's privacy guide has to name: the page it is on, and what for. */
const guideIn = (runbook: string) =>
  new Map(
    [...textOf(runbook).matchAll(/^\| (\S+) +\| (\S+) +\| (.+?) +\|$/gm)].map(
      ([, name = '', on = '', why = '']) => [name, { on: on.split('、').sort(), why }],
    ),
  )
const GUIDES = ['docs/zh/wechat-review.md', 'docs/runbooks/wechat-review.md']
const CHOOSES = /platform\.chooseImages\(/
const NAMED: readonly (readonly [string, readonly RegExp[]])[] = [
  ['选中的照片', [CHOOSES]],
  ['使用摄像头', [CHOOSES, /platform\.scan\(/]],
  ['使用相册（仅写入）', [/platform\.savePicture\(/]],
  ['剪切板', [/platform\.setClipboard\(/]],
]

test.each(GUIDES.flatMap((guide) => NAMED.map(([name, calls]) => [guide, name, calls] as const)))(
  '%s: %s is named on the pages that use it, and on no other',
  (guide, name, calls) => {
    const used = [...new Set(calls.flatMap(pagesThat))].sort()
    expect(used.length).toBeGreaterThan(0)
    expect(guideIn(guide).get(name)?.on).toEqual(used)
  },
)

/** What is copied, as a resident calls it. */
const CALLED: Readonly<Record<string, string>> = { 这句话: '告诉家里人的那句话', 密钥: '验证器的密钥' }

test('whatever a tap copies stands in the guide and in the text that residents agree to', () => {
  const copied = [...SOURCES.values()].flatMap((text) =>
    [...text.matchAll(/\bcopy\('([^']+)'/g)].map(([, name = '']) => CALLED[name] ?? name),
  )
  expect(new Set(copied).size).toBe(5)
  const texts = ['langxi', 'template'].map(
    (pack) => /"剪贴板：.*"/.exec(textOf(`drizzle/packs/${pack}/agreements.json`))?.[0] ?? '',
  )
  for (const text of [guideIn('docs/zh/wechat-review.md').get('剪切板')?.why ?? '', ...texts])
    expect(copied.filter((name) => !text.includes(name))).toEqual([])
})

test('what is written to the album stands in the text that residents agree to', () => {
  const written = pagesThat(/platform\.savePicture\(/)
  for (const pack of ['langxi', 'template']) {
    const [line = ''] = /".*才往相册里写：.*"/.exec(textOf(`drizzle/packs/${pack}/agreements.json`)) ?? []
    expect(/才往相册里写：(.*)。/.exec(line)?.[1]?.split('、').sort()).toEqual([...written].sort())
  }
})

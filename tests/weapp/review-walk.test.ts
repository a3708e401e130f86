import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList, CaseView } from '#shared/contract/case'
import { type County, openCounty, PHOTO } from '../product/county'
import type { Phone } from './engine'
import { phoneOf, VILLAGE } from './phones'

const NAME = '汪明'
const TYPED: Readonly<Record<string, string>> = { 姓名: NAME, 详细地址: '建平镇中山路 12 号' }
const TURNED: Readonly<Record<string, string | readonly number[]>> = {
  '所在的村（社区）': [0, 0],
  居住起始日期: '2026-01-05',
}

/** The numbered steps under `heading`, and what of them stands in quotes: the words of the screen, in their order. */
function walkOf(runbook: string, heading: string) {
  const [, section = ''] = readFileSync(runbook, 'utf8').split(`## ${heading}\n`)
  const steps = section.slice(section.indexOf('\n1. '), section.indexOf('\n\n', section.indexOf('\n6. ')))
  const words = [...steps.matchAll(/“([^”]+)”/g)].map(([, word = '']) => word)
  return { words, item: /“([^”]+)”[（ (]+(LX-\d{3})/.exec(steps) }
}

const WALK = walkOf('docs/zh/wechat-review.md', '给审核员看的')

let county: County
beforeAll(async () => {
  county = await openCounty()
}, 60_000)
afterAll(() => county.close())

test('both languages walk through the same words', () => {
  const english = walkOf('docs/runbooks/wechat-review.md', 'What the reviewer is shown')
  expect(english.words).toEqual(WALK.words)
  expect(english.item?.slice(1)).toEqual(WALK.item?.slice(1))
})

/** A question answers nobody in its first half second. */
const QUESTIONS = ['撤回', '要注销', '确定注销']

/** Does what the page asks for before the next word is pressed: types, chooses, points the camera at a paper. */
function handsOf({ screen, hands }: Phone, typed: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'weapp-'))
  return async (word: string) => {
    if (QUESTIONS.includes(word)) await new Promise((resolve) => setTimeout(resolve, 600))
    if (word.startsWith('拍')) {
      const path = join(folder, `${word}.png`)
      writeFileSync(path, PHOTO)
      hands.photos.push(path)
    }
    for (const name of screen.inputs().filter((each) => typed[each] !== undefined && !screen.valueOf(each)))
      await screen.type(name, typed[name] ?? '')
    for (const [name, value] of Object.entries(TURNED))
      if (screen.pickers().some((each) => each.startsWith(`${name}，还没有选`)))
        await screen.turn(name, value)
  }
}

test('what the reviewer is told to do can be done, by somebody of 36 with a fresh WeChat, up to the closing', async () => {
  const { body: born } = await county.door<{ id: string; idNumber: string }>('POST', 'people', {
    name: NAME,
    birth: '1990-05-06',
    villageCode: VILLAGE,
  })
  const phone = phoneOf(county, born.id)
  const { screen } = phone
  const prepare = handsOf(phone, { ...TYPED, 身份证号: born.idNumber })
  const walk = async (words: readonly string[]) => {
    for (const word of words) {
      await prepare(word)
      await screen.press(new RegExp(`^${word}`))
      await phone.settled()
    }
  }
  /** What stands in the product, asked through another session of the same person. */
  const casesOf = async () => {
    const person = await county.logIn(born.id)
    const { items } = (await person.send<CaseList>('GET', '/api/cases')).body
    return Promise.all(
      items.map(async ({ id }) => (await person.send<CaseView>('GET', `/api/cases/${id}`)).body),
    )
  }
  const { words, item } = WALK
  const [told, ended] = [words.indexOf('看办到哪一步'), words.indexOf('我的')]
  await phone.launch()
  await walk(words.slice(0, told))
  const [filed] = await casesOf()
  expect(filed).toMatchObject({ serviceItemId: item?.[2], status: 'submitted' })
  expect(screen.text().replace(/ /g, '')).toContain(filed?.caseNumber)
  expect(screen.text()).toMatch(/核过身份，最晚 \d+月\d+日/)
  await walk(words.slice(told, ended))
  expect((await casesOf()).map(({ id, status }) => ({ id, status }))).toEqual([
    { id: filed?.id, status: 'withdrawn' },
  ])
  await phone.launch()
  await walk(words.slice(ended))
  expect(screen.text()).toContain('注销好了')
  expect(phone.faults).toEqual([])
  phone.close()
}, 60_000)

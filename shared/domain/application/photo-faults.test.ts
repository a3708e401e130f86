import { expect, test } from 'vitest'
import { faultsOfPhoto, isReadFrom } from './photo-faults'

/** A paper of one tone with bars of print on it, 480 x 360, each edge `soft` pixels wide. */
function printed(paper: number, ink: number, soft = 1) {
  const [width, height] = [480, 360]
  const data = new Uint8Array(width * height * 4)
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)]
    const isInside = x > 72 && x < 408 && y > 54 && y < 306
    const away = Math.min(Math.abs((x % 24) - 12), Math.abs((y % 24) - 12))
    const share = isInside ? Math.max(0, Math.min(1, (4 - away) / soft + 0.5)) : 0
    data.fill(paper + (ink - paper) * share, at * 4, at * 4 + 3)
    data[at * 4 + 3] = 255
  }
  return { width, height, data }
}

test('a sharp sheet in good light has no fault', () => {
  expect(faultsOfPhoto(printed(220, 40))).toEqual([])
})

test('the fault to mend first stands first', () => {
  expect(faultsOfPhoto(printed(60, 10))).toEqual(['dark'])
  expect(faultsOfPhoto(printed(60, 10, 8))).toEqual(['dark', 'blurred'])
})

test('what is clear is white: black print on nothing is not dark', () => {
  const { width, height, data } = printed(255, 0)
  const clear = data.map((_level, at) => (at % 4 === 3 ? 255 - (data[at - 1] ?? 0) : 0))
  expect(faultsOfPhoto({ width, height, data: clear })).toEqual([])
})

test('where nothing at all stands out nothing can be read', () => {
  const even = (level: number) => printed(level, level)
  expect(faultsOfPhoto(even(225))).toEqual(['blurred'])
  expect(faultsOfPhoto(even(255))).toEqual(['glare'])
})

test('of a picture too small to be read nothing is said', () => {
  expect(faultsOfPhoto({ width: 1, height: 1, data: [0, 0, 0, 255] })).toEqual([])
})

test.each([
  ['居民身份证', true],
  ['居民户口簿', true],
  ['公租房申请表', true],
  ['近期免冠照片', false],
  ['两寸彩照', false],
  ['机具照片（含铭牌）', false],
])('%s: read from it? %s', (paper, isRead) => {
  expect(isReadFrom(paper)).toBe(isRead)
})

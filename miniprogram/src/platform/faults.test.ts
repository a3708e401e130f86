import { beforeEach, expect, test, vi } from 'vitest'
import type { Fault } from './platform'

const told: Fault[] = []
let route = ''
vi.mock('./index', () => ({ platform: { report: (fault: Fault) => void told.push(fault) } }))
vi.mock('@tarojs/taro', () => ({ default: { getCurrentPages: () => (route ? [{ route }] : []) } }))
const { reportFault } = await import('./faults')

beforeEach(() => {
  told.length = 0
  route = 'features/case/timeline'
})

class 陈桂兰Error extends Error {
  override name = '陈桂兰Error'
}
const named = Object.assign(new Error('x'), { name: '341821194611180024' })

test.each<readonly [string, unknown, string]>([
  ['an error with a name in it', new TypeError('陈桂兰 is not a function'), 'TypeError'],
  ['an error with a number in it', new RangeError('341821194611180024'), 'RangeError'],
  ['an error that bears a name', new 陈桂兰Error('x'), 'Error'],
  ['an error that bears a number', named, 'Error'],
  ['words of WeChat', 'MiniProgramError\n陈桂兰 13800000000\nTypeError: 陈桂兰\n at /x?id=1', 'TypeError'],
  ['a call that failed', { errMsg: 'request:fail 陈桂兰 https://x/?q=341821194611180024' }, 'request:fail'],
  ['a reason that is words', '陈桂兰', 'Error'],
  ['a reason that is a person', { name: '陈桂兰', idNumber: '341821194611180024' }, 'Error'],
  ['nothing', undefined, 'Error'],
])('%s: its class goes, and no word of it', (_what, cause, error) => {
  reportFault(cause)
  expect(told).toEqual([{ page: 'features/case/timeline', error }])
})

test.each([
  ['features/service-item/search?q=陈桂兰', 'features/service-item/search'],
  ['/features/case/my-cases', 'tabs/case/my-cases'],
  ['陈桂兰/341821194611180024', ''],
  ['', ''],
])('of the page %s the log knows %s', (at, page) => {
  route = at
  reportFault(new Error('x'))
  expect(told).toEqual([{ page, error: 'Error' }])
})

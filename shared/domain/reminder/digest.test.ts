import { expect, test } from 'vitest'
import { countWords, leadOf, newestOf, ownDigest, type Told, workDigest } from './digest'

const of = (
  caseId: string | null,
  kind: string,
  urgent = kind === 'due-today' || kind === 'due-late',
): Told => ({
  kind,
  caseId,
  urgent,
  page: `staff/case/case?id=${caseId}`,
  data: {
    thing1: `事项${caseId}`,
    character_string2: `${caseId}`,
    phrase3: '审查',
    date4: '2026年11月24日',
    thing5: '说明',
  },
})

test('what is for today leads, and how much else there is follows', () => {
  const told = [
    of('a', 'task'),
    of('b', 'task'),
    of('c', 'due-today'),
    of('d', 'task'),
    of('e', 'due-late'),
  ] as const
  expect(workDigest(leadOf(told), told)).toEqual({
    page: 'staff/case/queue',
    data: {
      thing1: '事项c 等 5 件',
      character_string2: 'c',
      phrase3: '审查',
      date4: '2026年11月24日',
      thing5: '1 件今天要办，1 件超期，新到 3 件',
    },
  })
})

test('six that are new, two of them for today', () => {
  const fresh = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => of(id, 'task'))
  expect(countWords([...fresh, of('b', 'due-today'), of('f', 'due-today')])).toBe('2 件今天要办，新到 4 件')
})

test('of one case the most pressing is told as it is', () => {
  const due = of('a', 'due-today')
  expect(workDigest(due, [of('a', 'task'), due])).toEqual({ page: due.page, data: due.data })
  expect(workDigest(due, [due])).toEqual({ page: due.page, data: due.data })
})

test('what calls to no work is counted beside it, and alone leads to the messages', () => {
  expect(countWords([of(null, 'work-left'), of('a', 'supplemented'), of('b', 'task')])).toBe(
    '新到 1 件，2 条别的消息',
  )
  expect(workDigest(of('a', 'supplemented'), [of('a', 'supplemented'), of('b', 'withdrawn')]).page).toBe(
    'features/reminder/inbox',
  )
})

test('of two that are alike the older leads; what is urgent leads before what is not', () => {
  expect(leadOf([of('a', 'task'), of('b', 'task')]).caseId).toBe('a')
  expect(leadOf([of('a', 'due-soon'), of('b', 'silence', true)]).caseId).toBe('b')
})

test('of one case the last word is told', () => {
  const [first, other, last] = [
    of('a', 'dates-moved'),
    of('b', 'dates-moved'),
    { ...of('a', 'dates-moved'), page: 'last' },
  ]
  expect(newestOf(first, [first, other, last])).toBe(last)
  expect(newestOf(other, [first, other, last])).toBe(other)
  const pressing = of('a', 'due-today')
  expect(newestOf(pressing, [pressing, of('a', 'task')])).toBe(pressing)
})

test('a number is said whole or not at all', () => {
  const many = (kind: string, count: number) =>
    Array.from({ length: count }, (_, nth) => of(`${kind}${nth}`, kind))
  expect(countWords([...many('due-today', 12), ...many('due-late', 3), ...many('task', 15)])).toBe(
    '12 件今天要办，3 件超期',
  )
})

test('a long name is cut before the count is', () => {
  const long = {
    ...of('a', 'accepted'),
    data: { thing1: '一二三四五六七八九十一二三四五六七八九十', thing5: '' },
  }
  const { data, page } = ownDigest(long, [long, of('b', 'accepted')])
  expect(page).toBe('tabs/case/my-cases')
  expect(data).toEqual({ thing1: '一二三四五六七八九十一二三… 等 2 件', thing5: '一共 2 件，点开都看得到' })
  expect(ownDigest(long, [long]).data).toEqual(long.data)
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Queue } from '#shared/contract/work'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty } from './county'
import { nothingMissing } from './project'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

async function filed(name: string, itemId: string, acts: readonly [string, 'verify' | 'accept'][] = []) {
  const { person, idNumber } = await newcomer(county, {
    name,
    birth: '1944-03-05',
    villageCode: DALIANG,
    level: 3,
  })
  const id = await file(county, { person, name, idNumber }, itemId)
  for (const [staff, action] of acts) expect((await act(await county.as(staff), id, action)).status).toBe(200)
  return { id, caseNumber: (await caseOf(person, id)).caseNumber }
}

async function queueOf(staff: string, query: Readonly<Record<string, string>> = {}) {
  const path = `/api/work/cases?${new URLSearchParams(query)}`
  return (await county.as(staff)).send<Queue>('GET', path)
}

const search = async (staff: string, body: { readonly q: string; readonly tab?: string }) =>
  (await county.as(staff)).send<Queue>('POST', '/api/work/cases/search', { body })

async function found(staff: string, q: string) {
  const { status, body } = await search(staff, { q })
  expect(status).toBe(200)
  return body.items.map(({ applicantMasked, plainName }) => `${applicantMasked} ${plainName}`)
}

test('a case is found by name, item, village and number, all words together, by who may see it', async () => {
  const { id, caseNumber } = await filed('郑小霞', 'LX-017')
  await filed('郑大伟', 'LX-036')
  await filed('方云', 'LX-017')
  expect(await found('zhao-min', '郑小霞')).toEqual(['郑*霞 失业登记'])
  expect(await found('zhao-min', '小霞')).toEqual(['郑*霞 失业登记'])
  expect(await found('zhao-min', '郑')).toEqual(['郑*伟 小吃摊备案', '郑*霞 失业登记'])
  expect(await found('zhao-min', '霞')).toEqual([])
  expect(await found('zhao-min', '郑大霞')).toEqual([])
  expect(await found('zhao-min', '失业登记')).toEqual(['方* 失业登记', '郑*霞 失业登记'])
  expect(await found('zhao-min', '方云 失业')).toEqual(['方* 失业登记'])
  expect(await found('zhao-min', '方云 小吃摊')).toEqual([])
  expect(await found('zhao-min', caseNumber)).toEqual(['郑*霞 失业登记'])
  expect(await found('zhao-min', caseNumber.slice(-4))).toEqual(['郑*霞 失业登记'])
  expect(await found('zhao-min', '大梁村')).toHaveLength(3)
  expect(await found('zhao-min', '没这个人')).toEqual([])
  // A window finds what it may see, not what lies in another town.
  expect(await found('town-window-341821103-1', '郑小霞')).toEqual([])
  expect(await found('sun-zhiyuan', '郑小霞')).toEqual([])
  const { body } = await search('zhao-min', { q: '郑小霞', tab: 'to-do' })
  expect([body.items.map(({ caseId }) => caseId), body.counts['to-do'], body.nextCursor]).toEqual([
    [id],
    1,
    null,
  ])
  expect((await search('zhao-min', { q: '郑小霞', tab: 'paused' })).body.items).toEqual([])
  expect((await queueOf('zhao-min', { search: '郑小霞' })).status).toBe(400)
})

test('what was typed is words and never a pattern or a statement', async () => {
  for (const q of ['', '%', '_', '%_%', "'; drop table cases --", '\\', '{"', '}', '"', '*'])
    expect([q, await found('zhao-min', q)]).toEqual([q, []])
  expect(await found('zhao-min', '郑%霞')).toEqual([])
  for (const q of ['\u0000', '\ud800', '郑'.repeat(41)])
    expect((await search('zhao-min', { q })).status).toBe(400)
  expect((await search('zhao-min', { q: '郑'.repeat(10_000) })).status).toBe(400)
  expect((await search('zhao-min', { q: '郑', tab: 'every' })).status).toBe(400)
})

test('a sensitive matter is found by the holders of its step alone, in no tab, count or search of a counter', async () => {
  const { id, caseNumber } = await filed('季无声', 'LX-050')
  const { body } = await search('window-justice', { q: '季无声' })
  expect([body.items.map(({ caseId }) => caseId), body.counts['to-do']]).toEqual([[id], 1])
  const typed = ['季无声', '季', '免费请律师', '法律援助', '大梁村', caseNumber, caseNumber.slice(-4)]
  for (const staff of ['zhao-min', 'wang-lixin', 'sun-zhiyuan', 'window-civil', 'town-window-341821103-1']) {
    for (const tab of ['to-do', 'waits-for-applicant', 'paused', 'unstaffed'] as const) {
      const all = (await queueOf(staff, { tab })).body
      for (const words of typed) {
        const found = (await search(staff, { q: words, tab })).body
        expect(JSON.stringify([all, found]), `${staff} ${tab} ${words}`).not.toMatch(/季|律|法律援助/)
        const sought = words.startsWith('季') || words === caseNumber
        if (sought) expect([found.items, Math.max(...Object.values(found.counts))]).toEqual([[], 0])
      }
    }
  }
})

test('what runs out first comes first, be it the step, the promise or the law', async () => {
  // 高龄津贴 is promised in ten working days, and its review alone may take eight of them.
  const older = await filed('沈秀英', 'LX-005', [['wang-lixin', 'verify']])
  await county.door('POST', 'clock', { advanceWorkingDays: 4 })
  const fresh = await filed('汪桂英', 'LX-005', [
    ['wang-lixin', 'verify'],
    ['zhao-min', 'accept'],
  ])
  // Its own step ends a day later than the other’s, its promise days before.
  await county.door('POST', 'clock', { advanceWorkingDays: 1 })
  expect((await act(await county.as('zhao-min'), older.id, 'accept')).status).toBe(200)
  const { items } = (await queueOf('sun-zhiyuan')).body
  expect(items.map(({ caseId }) => caseId)).toEqual([older.id, fresh.id])
  const [first] = items
  const view = await caseOf(await county.as('sun-zhiyuan'), older.id)
  const nearest = view.staff?.clocks.reduce((left, right) =>
    (right.dueOn ?? '9') < (left.dueOn ?? '9') ? right : left,
  )
  expect(first).toMatchObject({ dueOn: view.dueOn, light: nearest?.light })
})

test('where several units work at once, each is offered its own colleagues and its own notice', async () => {
  const { id } = await filed('袁大明', 'LX-045', [])
  await nothingMissing(county, id)
  expect((await act(await county.as('zhou-min'), id, 'accept')).status).toBe(200)
  const staff = (await caseOf(await county.as('approver-eco-1'), id)).staff
  expect(staff?.colleagues.map(({ staffId }) => staffId)).toContain('approver-eco-1')
  expect(staff?.colleagues.map(({ staffId }) => staffId)).not.toContain('approver-nr-1')
  expect(staff?.correctionDrafts).toMatchObject([])
})

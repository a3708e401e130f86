import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { type County, caseOf, openCounty, sendAll } from './county'
import { deliver } from './deliver'
import { unheardActs } from './unheard'

// Revoked unheard it waits for whoever takes it back: nothing of it is served meanwhile, and nobody is called to object or apply again.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-03-02T09:42:00+08:00' })
})
afterAll(() => county.close())

const acts = unheardActs(() => county)
const { setClock, granted, revokedUnheard, rowOf, newestLine, linesOf, takesBack } = acts

test('while it waits every place says that it is being taken back, and nothing of it is served', async () => {
  await setClock('2026-03-03T10:00')
  const { person, id } = await granted('贺壬')
  await revokedUnheard(id, ['2026-03-04T10:00', '2026-03-18T10:00'])

  expect(await newestLine(person, id)).toBe(
    '前面记的“申请人不在了”记错了，已经改正。撤销以前没有听你说，正在收回撤销，最晚 4月1日 收回，收回了告诉你。不想等的，也可以申请行政复议，或者到法院起诉',
  )
  const view = await caseOf(person, id)
  expect(view.outcome).toEqual({ key: 'taking-back', word: '正在收回撤销', tone: 'calm', documentId: null })
  expect(view.nowText).toBe('正在收回撤销，最晚 4月1日 收回')
  expect(view).toMatchObject({ against: null, applyAgain: false, mayRate: false })
  expect((await person.send('POST', `/api/cases/${id}/again`)).status).toBe(409)
  expect(view.delivery?.papers.map(({ of }) => of) ?? []).not.toContain('revocation')
  const { items } = (await person.send<CaseList>('GET', '/api/cases')).body
  expect(items.find((each) => each.id === id)).toMatchObject({
    outcome: { word: '正在收回撤销' },
    statusText: '正在收回撤销，最晚 4月1日 收回',
    waitsForMe: 'none',
  })

  // Nothing to serve: neither row nor form, and the act is refused in words.
  expect(await rowOf('zhao-min', id)).toBeUndefined()
  const clerk = await county.as('zhao-min')
  expect((await caseOf(clerk, id)).outcome?.word).toBe('正在收回撤销')
  expect(await acts.paperOf(id, 'revocation')).toBeUndefined()
  const takenOn = (await acts.today()) as never
  expect(await deliver(clerk, id, 'hand-over', { of: 'revocation', takenOn })).toMatchObject({
    status: 409,
    body: { code: 'case.taking-back', title: expect.stringContaining('正在收回') },
  })
  // Whatever comes out of order meanwhile hears why not.
  expect(await acts.proposes(id)).toBe('409 case.revoked-unheard')
  expect(await takesBack(id, 'zhao-min')).toBe('409 case.revoked-unheard')
  const head = await caseOf(await county.as('wu-deming'), id)
  expect(head.delivery?.papers.flatMap((paper) => paper.acts) ?? []).toEqual([])
  expect(await rowOf('wu-deming', id)).toMatchObject({
    stepName: '没听申请人说就撤销了',
    firstAction: '收回撤销',
    dueOn: '2026-04-01',
  })
})

test('nobody takes it back: it stays with whoever may sign, who is reminded, and nobody of its serving', async () => {
  await setClock('2026-03-19T10:00')
  const { person, id } = await granted('贺甲')
  await revokedUnheard(id, ['2026-03-20T10:00', '2026-04-03T10:00'])
  await setClock('2026-05-20T10:00')
  await sendAll(county)
  expect(await rowOf('wu-deming', id)).toMatchObject({ firstAction: '收回撤销' })
  const reminded = await linesOf(await county.as('wu-deming'), id)
  expect(reminded.flatMap(({ lines }) => lines).join()).toMatch(/没听申请人说就撤销了，.*(过期|超|晚)/)
  const window = await linesOf(await county.as('zhao-min'), id)
  // As it was revoked, and never again.
  expect(window.filter(({ lines }) => lines.join().includes('送达撤销决定书'))).toHaveLength(1)
  expect((await caseOf(person, id)).outcome.word).toBe('正在收回撤销')
  expect(await takesBack(id)).toBe(200)
  expect((await caseOf(person, id)).outcome.word).toBe('办好了')
})

test('another record while it waits changes nothing of that', async () => {
  await setClock('2026-05-21T10:00')
  const { id } = await granted('贺乙')
  await revokedUnheard(id, ['2026-05-22T10:00', '2026-06-05T10:00'])
  expect(await acts.dies(id)).toBe(200)
  expect(await acts.paperOf(id, 'revocation')).toBeUndefined()
  expect(await rowOf('zhao-min', id)).toBeUndefined()
  const row = await rowOf('wu-deming', id)
  expect(row).toMatchObject({ firstAction: '收回撤销' })
  // It says nothing of whether they live.
  expect(`${row?.stepName}${row?.note}`).not.toMatch(/去世/)
  expect(await takesBack(id)).toBe(200)
})

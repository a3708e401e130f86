import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import { bornBy, file } from '../e2e/scenes'
import { act, type County, caseOf, openCounty, type Person } from './county'
import { unheardActs } from './unheard'

// Its taking back is a decision with a paper of its own: it is told and served to whoever it is for, alive or their family.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-03-02T09:42:00+08:00' })
})
afterAll(() => county.close())

const acts = unheardActs(() => county)
const { setClock, granted, revokedUnheard, newestLine, takesBack, dies, lives, hands, paperOf, rowOf } = acts
const readPaper = async (person: Person, id: string) => {
  const listed = (await caseOf(person, id)).documents.findLast(({ kind }) => kind === 'revocation-withdrawn')
  const { body } = await person.send<CaseDocument>('GET', `/api/cases/${id}/documents/${listed?.id}`)
  return { listed, body, words: body.paragraphs.join('\n') }
}

test('it has a paper of its own and one name everywhere', async () => {
  await setClock('2026-03-03T10:00')
  const { person, id } = await granted('贺壬')
  await revokedUnheard(id, ['2026-03-04T10:00', '2026-03-18T10:00'])
  expect(await takesBack(id)).toBe(200)
  const { listed, body, words } = await readPaper(person, id)
  expect(listed?.documentNumber).toContain('收撤〔2026〕')
  expect(body).toMatchObject({ title: '收回撤销决定书' })
  for (const said of [
    '申请',
    '登记错了',
    '第七条|办件规则',
    '收回的理由：',
    '本机关收回撤销决定',
    '行政复议',
  ])
    expect(words).toMatch(new RegExp(said))
  expect((await caseOf(person, id)).documents.some(({ kind }) => kind === 'revocation-kept')).toBe(false)
  const [message] = await acts.linesOf(person, id)
  expect(message?.title).toContain('撤销收回了')
  for (const reader of [person, await county.as('wu-deming')]) {
    const titles = (await caseOf(reader, id)).timeline.map(({ title }) => title)
    expect(titles[0]).toBe('撤销收回了')
    expect(titles.join()).not.toContain('不撤销')
  }
  // Told on their phone it is theirs: nobody has to serve it.
  expect(await paperOf(id, 'revocation-withdrawn')).toBeUndefined()
})

test('taken back while another record stands it goes to the family, and no money goes on; who lives hears of it', async () => {
  await setClock('2026-03-19T10:00')
  const { person, id } = await granted('贺乙')
  await revokedUnheard(id, ['2026-03-20T10:00', '2026-04-03T10:00'])
  expect(await dies(id)).toBe(200)
  expect(await takesBack(id)).toBe(200)
  const { words } = await readPaper(await county.as('zhao-min'), id)
  // It is the paper of whoever lives too, where the second record was an error.
  expect(words).toMatch(/去世以后的不发；人还在的，先停下的钱接着发/)
  expect(words).toMatch(/^申请人于2026年/)
  expect(words).not.toMatch(/你/)
  expect(await rowOf('zhao-min', id)).toMatchObject({ firstAction: '送达收回撤销决定书' })
  expect(await paperOf(id, 'revocation-withdrawn')).toMatchObject({ forFamily: true, awaited: true })
  expect(await lives(id)).toBe(200)
  expect(await newestLine(person, id)).toBe(
    '前面记的“申请人不在了”记错了，已经改正。前面的撤销收回了，原来的决定照样算数，先停下的钱接着发，停下时该发的补发。有文书还没送到你，会交给你本人',
  )
  expect((await caseOf(person, id)).outcome.word).toBe('办好了')
  expect(await hands(id, 'revocation-withdrawn', false)).toBe(200)
  expect(await newestLine(person, id)).toContain('收到，原来的决定照样算数')
})

test('told on the phone since the day of a death that is recorded later it is owed to the family, and is theirs again where they live', async () => {
  await setClock('2026-04-07T10:00')
  const { person, id } = await granted('贺丙')
  await revokedUnheard(id, ['2026-04-08T10:00', '2026-04-22T10:00'])
  expect(await takesBack(id)).toBe(200)
  await setClock('2026-04-27T10:00')
  expect(await dies(id, '2026-04-21')).toBe(200)
  expect(await paperOf(id, 'revocation-withdrawn')).toMatchObject({ forFamily: true, awaited: true })
  expect(await lives(id)).toBe(200)
  expect(await paperOf(id, 'revocation-withdrawn')).toBeUndefined()
  // Before the day on which they died they had it.
  expect(await dies(id, '2026-04-25')).toBe(200)
  expect(await paperOf(id, 'revocation-withdrawn')).toBeUndefined()
  expect(await lives(id)).toBe(200)
  expect(await dies(id, '2026-04-21')).toBe(200)
  expect(await hands(id, 'revocation-withdrawn')).toBe(200)
  expect(await paperOf(id, 'revocation-withdrawn')).toMatchObject({ served: { taker: expect.any(String) } })
  expect(await lives(id)).toBe(200)
  expect((await paperOf(id, 'revocation-withdrawn'))?.served ?? null).toBeNull()
  expect(await newestLine(person, id)).not.toContain('撤销')
})

test('whoever pays ends with what is so, in whatever order it comes', async () => {
  await setClock('2026-05-11T10:00')
  const staff = { clerk: 'window-civil', proposer: 'approver-civil-1', head: 'approver-civil-2' }
  const own = unheardActs(() => county, staff)
  const elder = await bornBy(county)('贺丁', 3)
  const id = await file(county, elder, 'LX-010')
  for (const [staffId, action] of [
    ['zhao-min', 'accept'],
    ['reviewer-disabled-1', 'pass'],
    ['approver-civil-1', 'grant'],
  ] as const)
    expect((await act(await county.as(staffId), id, action)).status, action).toBe(200)
  const payers = async () => {
    const mail = await own.linesOf(await county.as('window-civil'), id)
    const ofMoney = mail.filter(({ title, lines }) => /发钱|不发|不用发/.test(title + lines[0]))
    return ofMoney[0] && `${ofMoney[0].title}：${ofMoney[0].lines[0]}`
  }
  expect(await own.dies(id)).toBe(200)
  expect(await own.proposes(id)).toBe(200)
  expect(await own.hands(id, 'revocation-notice')).toBe(200)
  await setClock('2026-05-25T10:00')
  expect(await own.revokes(id)).toBe(200)
  expect(await payers()).toMatch(/不用发了/)
  expect(await own.lives(id)).toBe(200)
  expect(await own.dies(id)).toBe(200)
  expect(await own.takesBack(id)).toBe(200)
  expect(await payers()).toMatch(/撤销收回了.*去世以后的不发/)
  expect(await own.lives(id)).toBe(200)
  expect(await payers()).toMatch(/接着发钱.*撤销收回了，照原来的发/)
  expect(await newestLine(elder.person, id)).toContain(
    '前面的撤销收回了，原来的决定照样算数，先停下的钱接着发',
  )
})

test('in a year without a calendar who had the notice in hand reads that they had it, and that its last day is not known yet', async () => {
  // Of another county: to go there by the clock all that falls due in ten months would be done.
  await county.close()
  county = await openCounty({ START_AT: '2027-01-11T10:00:00+08:00' })
  const { person, id } = await granted('贺戊')
  expect(await acts.proposes(id)).toBe(200)
  expect(await hands(id, 'revocation-notice', false)).toBe(200)
  expect(await dies(id)).toBe(200)
  expect(await lives(id)).toBe(200)
  const line = await newestLine(person, id)
  expect(line).toContain('告知书送到了，最晚哪天说等放假安排公布了再告诉你')
  expect(line).not.toContain('还没送到你')
})

import { expect, test } from 'vitest'
import { act, type Journey, later, onDay } from '#shared/domain/case/journeys/case-fixture'
import { dayIn } from '#shared/domain/kernel/plain-date'
import {
  cameBack,
  choose,
  done,
  filed,
  handOver,
  leave,
  post,
  putUp,
  received,
  saidPutUp,
  untilConcluded,
  untilDecided,
} from './by-hand'
import { tell } from './teller'

const told = (name: string) => `./told/delivery-${name}.txt`

test('granted, asked to be sent, sent to nobody there, and taken at the counter by a neighbour', async () => {
  const story = tell(untilConcluded(filed('LX-003', '2026-03-02'), 'granted'), [
    ['选寄到家', (now) => choose(now, 'post')],
    ['寄出', (now) => post(later(now, 1), 'result')],
    ['退回来了', (now) => cameBack(later(now, 4), 'result')],
    [
      '邻居来拿',
      (now) => handOver(later(now, 2), 'result', '邻居', { otherwiseDigest: '退回来了，改到窗口拿' }),
    ],
  ])
  await expect(story).toMatchFileSnapshot(told('taken'))
})

test('refused, which reaches nobody’s phone: sent, come back, put up, and served by that', async () => {
  const start = { ...filed('LX-042', '2026-03-02'), isUnreached: true } as const
  const story = tell(untilConcluded(start, 'refused'), [
    ['寄出', (now) => post(later(now, 1), 'result')],
    ['退回来了', (now) => cameBack(later(now, 4), 'result')],
    ['公告', (now) => putUp(later(now, 1), 'result')],
    ['公告满了', (now) => saidPutUp(later(now, 31), 'result')],
  ])
  await expect(story).toMatchFileSnapshot(told('announced'))
})

test('refused, and not taken at the door: left before witnesses', async () => {
  const start = { ...filed('LX-011', '2026-03-02'), isUnreached: true } as const
  const story = tell(untilConcluded(start, 'refused'), [['留下', (now) => leave(later(now, 3), 'result')]])
  await expect(story).toMatchFileSnapshot(told('left'))
})

test('granted, and whom it was granted to has died: recorded, recorded in error, recorded again; the family takes it', async () => {
  const dies = (now: Journey) =>
    done(now, {
      type: 'record-death',
      diedOn: dayIn(now.now),
      proofDigest: '死亡医学证明书',
      bornOn: null,
      isBeforeFiling: false,
    })
  const story = tell(untilConcluded(filed('LX-005', '2026-03-02'), 'granted'), [
    ['去世', (now) => dies(later(now, 1))],
    [
      '记错了',
      (now) => done(later(now, 1), { type: 'withdraw-death-record', reasonDigest: '同名的另一个人' }),
    ],
    ['真去世了', (now) => dies(later(now, 3))],
    ['给家属', (now) => handOver(later(now, 1), 'result', '儿子')],
  ])
  await expect(story).toMatchFileSnapshot(told('family'))
})

test('declined: sent, and signed for; the day of the receipt is the day from which they may object', async () => {
  const start = {
    ...filed('LX-033', '2026-03-02', { applicant: { kind: 'firm' } }),
    isUnreached: true,
  } as const
  const story = tell(act(later(start, 1), 'decline'), [
    ['寄出', (now) => post(now, 'decline')],
    ['签收', (now) => received(later(now, 3), 'decline')],
  ])
  await expect(story).toMatchFileSnapshot(told('signed-for'))
})

test('granted on the phone by their own word; the certificate is fetched, and one day late', async () => {
  const story = tell(untilDecided(filed('LX-028', '2026-03-02'), 'granted'), [
    ['选手机上收', (now) => choose(now, 'electronic')],
    ['办结', (now) => act(later(now, 3), 'conclude')],
    ['给了', (now) => act(later(now, 14), 'deliver', { method: 'electronic' })],
  ])
  await expect(story).toMatchFileSnapshot(told('electronic'))
})

test('refused on the phone: theirs on the day of their word, and a copy fetched afterwards', async () => {
  const story = tell(untilDecided(filed('LX-031', '2026-03-02'), 'refused'), [
    ['选手机上收', (now) => choose(now, 'electronic')],
    ['办结', (now) => act(now, 'conclude')],
    ['给了', (now) => handOver(later(now, 1), 'result', null, { otherwiseDigest: '要一份纸的' })],
  ])
  await expect(story).toMatchFileSnapshot(told('copy'))
})

test('decided at the end of a year whose next one has no calendar', async () => {
  const story = tell(filed('LX-047', '2026-12-21'), [
    ['受理', (now) => act(onDay(now, '2026-12-29'), 'accept')],
    ['审查', (now) => act(now, 'pass')],
    ['要退回去', (now) => act(onDay(now, '2026-12-30'), 'return')],
    ['又审', (now) => act(now, 'pass')],
    ['批', (now) => act(onDay(now, '2027-01-04'), 'grant')],
    ['办结', (now) => act(now, 'conclude')],
    ['给了', (now) => act(onDay(now, '2027-01-20'), 'deliver')],
  ])
  await expect(story).toMatchFileSnapshot(told('year-without-calendar'))
})

test('paid: nothing is concluded before it was, and nothing paid before its day', async () => {
  const story = tell(untilDecided(filed('LX-010', '2026-03-02'), 'granted'), [
    ['发钱', (now) => act(later(now, 2), 'pay')],
    ['办结', (now) => act(now, 'conclude')],
    ['给了', (now) => act(now, 'deliver')],
  ])
  await expect(story).toMatchFileSnapshot(told('paid'))
})

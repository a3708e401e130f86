import { expect, test } from 'vitest'
import type { DeliveryCommand } from '#shared/domain/case/delivery/delivery'
import {
  APPLICANT,
  act,
  everybody,
  type Journey,
  later,
  passTime,
} from '#shared/domain/case/journeys/case-fixture'
import { driveTo, driveToEnd } from '#shared/domain/case/journeys/sensible-acts'
import type { AfterDecisionCommand } from '#shared/domain/case/revocation/after-decision-command'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { acts, applied, does, officer } from './paper-moves'
import { tell } from './teller'

const ended = (journey: Journey, goal: 'granted' | 'refused' = 'granted') => {
  const last = driveToEnd(journey, goal).at(-1)
  if (!last) throw new Error('nothing has happened')
  return last
}
const serves = (now: Journey, command: DeliveryCommand) => does(now, command, everybody(now))
const FIRM = { applicant: { kind: 'firm' } } as const

/** Proposed by one of the organ for this, weighed by another. */
const proposes = (
  now: Journey,
  basis: Extract<AfterDecisionCommand, { type: 'propose-revocation' }>['basis'],
  more: { readonly newFactDigest?: string } = {},
) =>
  does(
    now,
    {
      type: 'propose-revocation',
      basis,
      reasonDigest: 'facts',
      speakDays: 5,
      deciders: [{ role: 'dept-approver', unitId: now.state.organUnitId }],
      ...more,
    },
    officer('dept-approver', now.state.organUnitId, 'first'),
  )
const weighs = (now: Journey, type: 'revoke-decision' | 'keep-decision') =>
  does(now, { type, reasonDigest: 'weighed' }, officer('dept-approver', now.state.organUnitId, 'head'))
const saysAll = (now: Journey) =>
  does(now, { type: 'speak', statementDigest: 'i-say', isAll: true }, APPLICANT)

test('劳务派遣证发了，拟撤销不撤销，再拿新查明的骗取撤销', async () => {
  const told = tell(ended(applied('LX-043', '2026-03-02', FIRM)), [
    ['拟撤销', (now) => proposes(later(now, 5), 'unqualified')],
    [
      '写下说的话',
      (now) => does(later(now, 1), { type: 'speak', statementDigest: 'i-say', isAll: false }, APPLICANT),
    ],
    ['不撤销', (now) => weighs(later(now, 1), 'keep-decision')],
    ['新查明骗取', (now) => proposes(later(now, 1), 'fraud', { newFactDigest: 'new' })],
    ['到期没有说', (now) => passTime(later(now, 12))],
    ['撤销', (now) => weighs(now, 'revoke-decision')],
  ])
  await expect(told).toMatchFileSnapshot('./told/papers-fraud.txt')
})

test('低保批了，没发钱先拟撤销，撤销', async () => {
  const told = tell(act(driveTo(applied('LX-007', '2026-03-02'), 'confirm'), 'grant', { amount: 62_000 }), [
    ['拟撤销', (now) => proposes(later(now, 1), 'other')],
    ['说完了', (now) => saysAll(later(now, 1))],
    ['撤销', (now) => weighs(later(now, 1), 'revoke-decision')],
  ])
  await expect(told).toMatchFileSnapshot('./told/papers-revoked-pay.txt')
})

test('不予施工许可，撤销那个不予，重新定', async () => {
  const told = tell(act(driveTo(applied('LX-040', '2026-03-02', FIRM), 'decide'), 'refuse'), [
    [
      '更正错字',
      (now) =>
        does(
          now,
          { type: 'correct-decision', writtenDigest: 'was', correctedDigest: 'is', reasonDigest: 'slip' },
          officer('dept-approver', 'housing', 'head'),
        ),
    ],
    ['拟撤销', (now) => proposes(later(now, 1), 'procedure')],
    ['撤销', (now) => weighs(later(now, 1), 'revoke-decision')],
    ['这次准予', (now) => act(later(now, 2), 'grant')],
  ])
  await expect(told).toMatchFileSnapshot('./told/papers-refusal-falls.txt')
})

test('不予受理，寄了退回来，公告送达', async () => {
  const here: Journey = { ...applied('LX-034', '2026-03-02'), isUnreached: true }
  const told = tell(here, [
    ['不予受理', (now) => act(later(now, 1), 'decline', { reasonDigest: 'not-ours' })],
    [
      '寄出',
      (now) =>
        serves(now, {
          type: 'post',
          of: 'decline',
          carrier: 'ems',
          trackingDigest: 'no-1',
          postedOn: dayIn(now.now),
        }),
    ],
    [
      '退回',
      (now) =>
        serves(later(now, 5), {
          type: 'record-return',
          of: 'decline',
          returnedOn: dayIn(later(now, 5).now),
          reasonDigest: 'moved',
        }),
    ],
    [
      '公告',
      (now) =>
        serves(later(now, 1), {
          type: 'announce',
          of: 'decline',
          placeDigest: 'board',
          reasonDigest: 'nowhere',
        }),
    ],
    ['公告期满', (now) => serves(later(now, 31), { type: 'record-announced', of: 'decline' })],
  ])
  await expect(told).toMatchFileSnapshot('./told/papers-announced.txt')
})

test('不予许可，收件回执和代收', async () => {
  const here: Journey = { ...applied('LX-038', '2026-03-02'), isUnreached: true }
  const told = tell(acts(driveTo(here, 'decide'), 'refuse', 'conclude'), [
    [
      '挂号信',
      (now) =>
        serves(now, {
          type: 'post',
          of: 'result',
          carrier: 'registered',
          trackingDigest: 'no-2',
          postedOn: dayIn(now.now),
        }),
    ],
    [
      '收到',
      (now) =>
        serves(later(now, 4), { type: 'record-receipt', of: 'result', receivedOn: dayIn(later(now, 3).now) }),
    ],
  ])
  await expect(told).toMatchFileSnapshot('./told/papers-posted.txt')
})

test('补正一直没有补，提醒，终止，家里人代收', async () => {
  const here: Journey = { ...applied('LX-031', '2026-03-02'), isUnreached: true }
  const told = tell(act(here, 'request-correction'), [
    ['到期提醒', (now) => passTime(later(now, 14))],
    ['终止', (now) => passTime(later(now, 8))],
    [
      '代收',
      (now) =>
        serves(later(now, 2), {
          type: 'hand-over',
          of: 'termination',
          takenOn: dayIn(later(now, 2).now),
          takerDigest: 'son',
        }),
    ],
  ])
  await expect(told).toMatchFileSnapshot('./told/papers-stopped.txt')
})

test('申请人去世，停办', async () => {
  const told = tell(act(applied('LX-008', '2026-03-02'), 'accept'), [
    ['停办', (now) => act(later(now, 3), 'terminate', { cause: 'deceased' })],
  ])
  await expect(told).toMatchFileSnapshot('./told/papers-deceased.txt')
})

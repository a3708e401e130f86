import { expect, test } from 'vitest'
import { APPLICANT, act, type Journey, later } from '#shared/domain/case/journeys/case-fixture'
import type { AfterDecisionCommand } from '#shared/domain/case/revocation/after-decision-command'
import { done, filed, type Hand, hand, handOver, untilConcluded, untilDecided } from './by-hand'
import { tell } from './teller'

const told = (name: string) => `./told/after-decision-${name}.txt`

const organ = ({ state: { organUnitId: unitId } }: Journey) =>
  [
    { role: 'town-approver', unitId },
    { role: 'dept-approver', unitId },
  ] as const
const head = (now: Journey): Hand => hand('head', ...organ(now))
const second = (now: Journey): Hand => hand('second', ...organ(now))
const SUPERVISOR = hand('ward', { role: 'supervisor', unitId: '341821' })
const GOVERNMENT = hand('mayor', { role: 'county-approver', unitId: 'gov-office' })
const propose = (
  now: Journey,
  basis: Extract<AfterDecisionCommand, { type: 'propose-revocation' }>['basis'],
  more: { readonly newFactDigest?: string } = {},
) =>
  done(
    now,
    {
      type: 'propose-revocation',
      basis,
      reasonDigest: '查出来的',
      speakDays: 5,
      settleDays: 10,
      deciders: organ(now),
      ...more,
    },
    head(now),
  )

test('a grant got by fraud: heard, spoken, kept; taken up again with a new fact, and revoked', async () => {
  const story = tell(untilConcluded(filed('LX-034', '2026-03-02'), 'granted'), [
    ['给了', (now) => act(now, 'deliver')],
    ['提出撤销', (now) => propose(later(now, 10), 'fraud')],
    [
      '说一句',
      (now) => done(later(now, 1), { type: 'speak', statementDigest: '没有骗', isAll: false }, APPLICANT),
    ],
    [
      '窗口记一句',
      (now) =>
        done(
          now,
          { type: 'record-statement', statementDigest: '当面说的' },
          hand('first', { role: 'window', unitId: 'market' }),
        ),
    ],
    [
      '不撤了',
      (now) => done(later(now, 8), { type: 'keep-decision', reasonDigest: '查无实据' }, second(now)),
    ],
    ['又提出', (now) => propose(later(now, 3), 'fraud', { newFactDigest: '新查到的' })],
    [
      '说完了',
      (now) => done(later(now, 1), { type: 'speak', statementDigest: '认', isAll: true }, APPLICANT),
    ],
    ['撤销', (now) => done(later(now, 1), { type: 'revoke-decision', reasonDigest: '撤' }, second(now))],
  ])
  await expect(story).toMatchFileSnapshot(told('fraud'))
})

test('of somebody without an account: the notice is handed over, its days run from there, and so is the revocation', async () => {
  const start = { ...filed('LX-005', '2026-03-02'), isUnreached: true } as const
  const story = tell(untilConcluded(start, 'granted'), [
    ['给了', (now) => handOver(now, 'result')],
    ['提出撤销', (now) => propose(later(now, 30), 'unqualified')],
    ['交到手里', (now) => handOver(later(now, 2), 'revocation-notice', '儿子')],
    ['最后一天', (now) => later(now, 10)],
    ['撤销', (now) => done(later(now, 1), { type: 'revoke-decision', reasonDigest: '撤' }, second(now))],
    ['撤销的也交到手里', (now) => handOver(later(now, 1), 'revocation')],
  ])
  await expect(story).toMatchFileSnapshot(told('by-hand'))
})

test('a refusal that falls by order of the government, and is decided anew', async () => {
  const story = tell(untilConcluded(filed('LX-024', '2026-03-02'), 'refused'), [
    ['给了', (now) => act(now, 'deliver')],
    [
      '政府责令',
      (now) =>
        done(
          later(now, 20),
          {
            type: 'advise-revocation',
            basis: 'other',
            reasonDigest: '依据错了',
            answerers: organ(now),
            settleDays: 15,
          },
          GOVERNMENT,
        ),
    ],
    ['提出撤销', (now) => propose(later(now, 2), 'other')],
    ['撤销', (now) => done(later(now, 1), { type: 'revoke-decision', reasonDigest: '撤' }, second(now))],
    ['重新批', (now) => act(later(now, 3), 'grant', { amount: 123456 })],
    ['办结', (now) => act(now, 'conclude')],
    ['给了', (now) => act(now, 'deliver')],
  ])
  await expect(story).toMatchFileSnapshot(told('refusal'))
})

test('a slip put right, and advice of 督查 that the organ does not follow', async () => {
  const story = tell(
    untilDecided(filed('LX-027', '2026-03-02', { applicant: { kind: 'firm' } }), 'granted'),
    [
      [
        '写错了',
        (now) =>
          done(
            later(now, 1),
            {
              type: 'correct-decision',
              writtenDigest: '写成的',
              correctedDigest: '应当是',
              reasonDigest: '笔误',
            },
            hand(
              'head',
              { role: 'dept-approver', unitId: now.state.organUnitId },
              { role: 'county-approver', unitId: now.state.organUnitId },
            ),
          ),
      ],
      [
        '督查建议撤销',
        (now) =>
          done(
            later(now, 1),
            {
              type: 'advise-revocation',
              basis: 'procedure',
              reasonDigest: '程序',
              answerers: organ(now),
              settleDays: 10,
            },
            SUPERVISOR,
          ),
      ],
      ['不采纳', (now) => done(later(now, 1), { type: 'decline-advice', reasonDigest: '查过' }, second(now))],
    ],
  )
  await expect(story).toMatchFileSnapshot(told('advice'))
})

test('several departments decided: one revokes its own, of the one that was asked from above; the others stand', async () => {
  const start = untilConcluded(filed('LX-045', '2026-03-02', { applicant: { kind: 'firm' } }), 'granted')
  const water = hand('head', { role: 'dept-approver', unitId: 'water' })
  const other = hand('second', { role: 'dept-approver', unitId: 'water' })
  const deciders = [{ role: 'dept-approver', unitId: 'water' }] as const
  const story = tell(start, [
    ['给了', (now) => act(now, 'deliver')],
    [
      '政府责令水利局',
      (now) =>
        done(
          later(now, 5),
          {
            type: 'advise-revocation',
            unitId: 'water',
            basis: 'beyond-powers',
            reasonDigest: '超越职权',
            answerers: deciders,
            settleDays: 15,
          },
          GOVERNMENT,
        ),
    ],
    [
      '水利局提出撤销',
      (now) =>
        done(
          later(now, 1),
          {
            type: 'propose-revocation',
            unitId: 'water',
            basis: 'beyond-powers',
            reasonDigest: '查过了',
            speakDays: 5,
            settleDays: 10,
            deciders,
          },
          water,
        ),
    ],
    [
      '说完了',
      (now) => done(later(now, 1), { type: 'speak', statementDigest: '不服', isAll: true }, APPLICANT),
    ],
    ['撤销', (now) => done(later(now, 1), { type: 'revoke-decision', reasonDigest: '撤' }, other)],
    [
      '环境分局更正自己的',
      (now) =>
        done(
          later(now, 1),
          {
            type: 'correct-decision',
            unitId: 'eco',
            writtenDigest: '写成的',
            correctedDigest: '应当是',
            reasonDigest: '笔误',
          },
          hand('head', { role: 'dept-approver', unitId: 'eco' }),
        ),
    ],
  ])
  await expect(story).toMatchFileSnapshot(told('own'))
})

import { expect, test } from 'vitest'
import {
  APPLICANT,
  act,
  type Journey,
  later,
  nothingMissing,
  supplement,
} from '#shared/domain/case/journeys/case-fixture'
import { applied, brings, does, material, officer } from './paper-moves'
import { tell } from './teller'

const PLAN = material('总平面图', 'no-scale')
const DRAIN = material('水土保持方案', 'no-map')
const FIRM = { applicant: { kind: 'firm' } } as const
const drafts = (journey: Journey, unitId: string, ...items: readonly ReturnType<typeof material>[]) =>
  items.length > 0
    ? act(journey, 'draft-correction', { unitId, items })
    : act(journey, 'draft-nothing', { unitId })
function last({ events }: Journey) {
  const event = events.at(-1)
  if (!event) throw new Error('nothing has happened')
  return event
}
const accepted = () => act(nothingMissing(applied('LX-045', '2026-11-02', FIRM)), 'accept')
const judged = (journey: Journey, ...refusing: readonly string[]) =>
  ['nr', 'eco', 'water', 'emergency', 'housing'].reduce(
    (next, unitId) => act(next, refusing.includes(unitId) ? 'fail' : 'pass', { unitId }),
    journey,
  )

test('并联审批，两家要补，一份告知书，退一份意见，补来再看', async () => {
  const told = tell(applied('LX-045', '2026-11-02', FIRM), [
    ['自然资源要补', (now) => drafts(now, 'nr', PLAN)],
    [
      '水利要补，两家不要',
      (now) => ['eco', 'emergency'].reduce((next, id) => drafts(next, id), drafts(now, 'water', DRAIN, PLAN)),
    ],
    [
      '牵头的退一份',
      (now) => act(later(now, 1), 'return-draft', { toUnitId: 'nr', reasonDigest: 'unclear' }),
    ],
    ['自然资源重写', (now) => drafts(now, 'nr', material('总平面图', 'clearer'))],
    ['住建没有要补的', (now) => drafts(now, 'housing')],
    ['一次告知', (now) => act(later(now, 1), 'request-correction', { items: [PLAN, DRAIN] })],
    ['补来', (now) => supplement(later(now, 5))],
    ['自然资源说还差', (now) => drafts(later(now, 1), 'nr', material('总平面图', 'still'))],
    ['又自己添', (now) => brings(now, APPLICANT, '总平面图')],
    ['受理', (now) => act(now, 'accept')],
  ])
  await expect(told).toMatchFileSnapshot('./told/joint-notice.txt')
})

test('各家各自定，一家不予，靠着它的也不予，出件单', async () => {
  const told = tell(accepted(), [
    ['生态环境准予', (now) => act(later(now, 2), 'pass', { unitId: 'eco' })],
    ['自然资源不予', (now) => act(now, 'fail', { unitId: 'nr', reasonDigest: 'outside-plan' })],
    ['水利鉴定', (now) => act(now, 'suspend', { unitId: 'water', basis: 'expert-review', expectedDays: 7 })],
    ['水利接着办', (now) => act(later(now, 6), 'resume', { unitId: 'water' })],
    ['水利、应急准予', (now) => act(act(now, 'pass', { unitId: 'water' }), 'pass', { unitId: 'emergency' })],
    ['住建不予', (now) => act(later(now, 1), 'fail', { unitId: 'housing', reasonDigest: 'no-land' })],
    ['会商', (now) => act(now, 'convene')],
    ['出件', (now) => act(now, 'grant')],
    ['办结', (now) => act(now, 'conclude')],
    ['送达', (now) => act(later(now, 1), 'deliver')],
  ])
  await expect(told).toMatchFileSnapshot('./told/joint-partly.txt')
})

test('全批了，督查建议看一家，那家撤销，别的照样算数', async () => {
  const told = tell(act(judged(accepted()), 'grant'), [
    [
      '督查建议自然资源重新看',
      (now) =>
        does(
          later(now, 3),
          {
            type: 'advise-revocation',
            unitId: 'nr',
            basis: 'procedure',
            reasonDigest: 'seen',
            answerers: [{ role: 'dept-approver', unitId: 'nr' }],
          },
          officer('supervisor', '341821'),
        ),
    ],
    [
      '自然资源拟撤销',
      (now) =>
        does(
          later(now, 1),
          {
            type: 'propose-revocation',
            basis: 'procedure',
            reasonDigest: 'facts',
            speakDays: 5,
            deciders: [{ role: 'dept-approver', unitId: 'nr' }],
          },
          officer('dept-reviewer', 'nr', 'first'),
        ),
    ],
    [
      '说完了',
      (now) => does(later(now, 1), { type: 'speak', statementDigest: 'we-say', isAll: true }, APPLICANT),
    ],
    [
      '撤销',
      (now) =>
        does(
          now,
          { type: 'revoke-decision', reasonDigest: 'weighed' },
          officer('dept-approver', 'nr', 'head'),
        ),
    ],
    [
      '水利更正自己的字',
      (now) =>
        does(
          now,
          {
            type: 'correct-decision',
            writtenDigest: 'written',
            correctedDigest: 'corrected',
            reasonDigest: 'slip',
          },
          officer('dept-approver', 'water', 'head'),
        ),
    ],
  ])
  await expect(told).toMatchFileSnapshot('./told/joint-revoked.txt')
})

/** 门头招牌 whose examination everybody who examines has to sign. */
function signedByAll(): Journey {
  const here = applied('LX-039', '2026-03-02')
  const steps = here.item.steps.map((step) =>
    step.key === 'review'
      ? { ...step, sign: 'all' as const, actions: [...step.actions, 'return' as const] }
      : step,
  )
  return { ...here, item: { ...here.item, steps }, signers: ['first', 'second', 'head'] }
}

test('会签的步骤，每个人都要签，补了东西重新签，撤回自己的签名', async () => {
  const review = (now: Journey, staffId: string) =>
    act(now, 'pass', { actor: officer('dept-reviewer', 'urban', staffId) })
  const told = tell(act(signedByAll(), 'accept'), [
    ['第一个签', (now) => review(later(now, 1), 'first')],
    [
      '第一个收回',
      (now) =>
        does(
          now,
          {
            type: 'undo',
            last: { ...last(now), actor: 'staff:first' },
            to: now.events.length - 1,
            isOver: false,
          },
          officer('dept-reviewer', 'urban', 'first'),
        ),
    ],
    ['两个签', (now) => review(review(now, 'first'), 'second')],
    [
      '第三个要补',
      (now) => act(now, 'request-correction', { actor: officer('dept-reviewer', 'urban', 'head') }),
    ],
    ['补来', (now) => supplement(later(now, 2))],
    ['都重新签', (now) => review(review(review(later(now, 1), 'second'), 'first'), 'head')],
  ])
  await expect(told).toMatchFileSnapshot('./told/joint-signing.txt')
})

import { expect, test } from 'vitest'
import type { CaseEvent } from '#shared/domain/case/events'
import { replay } from '#shared/domain/case/evolve'
import { act, later, passTime, supplement } from '#shared/domain/case/journeys/case-fixture'
import { driveTo } from '#shared/domain/case/journeys/sensible-acts'
import { addDays, dayIn } from '#shared/domain/kernel/plain-date'
import { applied, officer } from './paper-moves'
import { tell } from './teller'

test('低保公示，有人提异议，重新公示，贴满了，晚来的不收，批了', async () => {
  const told = tell(driveTo(applied('LX-007', '2026-03-02'), 'publicity'), [
    ['贴出来', (now) => act(now, 'publish-notice')],
    ['公示里有人提', (now) => act(later(now, 3), 'record-objection', { reasonDigest: 'has-a-car' })],
    ['再贴出来', (now) => act(driveTo(later(now, 2), 'publicity'), 'publish-notice')],
    ['公示满', (now) => passTime(later(now, 8))],
    ['没有人提，接着办', (now) => act(later(now, 3), 'close-notice')],
    ['批了', (now) => act(later(now, 1), 'grant', { amount: 62_000 })],
    ['打钱', (now) => act(later(now, 2), 'pay')],
    ['办结', (now) => act(now, 'conclude')],
  ])
  await expect(told).toMatchFileSnapshot('./told/notices-objected.txt')
})

test('宅基地，村里公示，村里的意见，镇里受理，各家看，批准', async () => {
  const told = tell(driveTo(applied('LX-025', '2026-03-02'), 'publicity'), [
    ['村里贴出来', (now) => act(now, 'publish-notice')],
    ['贴完', (now) => act(later(now, 12), 'close-notice')],
    ['镇里受理', (now) => act(later(now, 1), 'accept')],
    ['到现场', (now) => act(later(now, 2), 'record-visit')],
    ['现场通过', (now) => act(now, 'pass')],
    ['一家不同意', (now) => act(act(now, 'fail', { reasonDigest: 'road' }), 'pass')],
    ['镇里还是批', (now) => act(driveTo(later(now, 1), 'decide'), 'grant', { reasonDigest: 'road-moved' })],
  ])
  await expect(told).toMatchFileSnapshot('./told/notices-village.txt')
})

test('林木采伐，补正两次，延长审批', async () => {
  const told = tell(applied('LX-026', '2026-03-02'), [
    ['补正', (now) => act(later(now, 1), 'request-correction')],
    ['补来', (now) => supplement(later(now, 2))],
    [
      '请示再补一次',
      (now) =>
        act(now, 'request-approval', {
          for: 'request-correction',
          reasonDigest: 'missed',
          actor: officer('window', 'forest'),
        }),
    ],
    ['受理', (now) => act(later(now, 1), 'accept')],
    [
      '请示延长',
      (now) =>
        act(later(now, 6), 'request-approval', {
          for: 'extend',
          reasonDigest: 'far',
          actor: officer('dept-reviewer', 'forest'),
        }),
    ],
    ['延长', (now) => act(driveTo(now, 'decide'), 'extend', { reasonDigest: 'far' })],
  ])
  await expect(told).toMatchFileSnapshot('./told/notices-extended.txt')
})

/** Asked for in time, until the last day of the old one is over. */
test('换证没有到期定下来，视为准予延续', async () => {
  const filed = applied('LX-043', '2026-03-02', { applicant: { kind: 'firm' } })
  const [first] = filed.events as readonly [Extract<CaseEvent, { type: 'filed' }>]
  const until = addDays(dayIn(filed.now), 70)
  const events = [{ ...first, renewsUntil: until }]
  const told = tell({ ...filed, events, state: replay(filed.item, events) }, [
    ['受理', (now) => act(later(now, 1), 'accept')],
    ['旧证到期', (now) => driveTo(passTime(later(now, 75)), 'decide')],
    ['准予', (now) => act(now, 'grant')],
    ['发证', (now) => act(now, 'conclude')],
  ])
  await expect(told).toMatchFileSnapshot('./told/notices-renewed.txt')
})

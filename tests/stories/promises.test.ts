import { expect, test } from 'vitest'
import { act, later } from '#shared/domain/case/journeys/case-fixture'
import { filed, hand, night, upTo } from './by-hand'
import { tell } from './teller'

const told = (name: string) => `./told/promises-${name}.txt`

test('broken, promised anew, kept; the law’s own limit was prolonged by who may', async () => {
  const story = tell(upTo('review')(filed('LX-039', '2026-03-02')), [
    ['过了', (now) => night(now, '2026-03-17')],
    ['改到', (now) => act(later(now, 1), 'promise-anew')],
    [
      '请示延长',
      (now) =>
        act(now, 'request-approval', {
          for: 'extend',
          actor: hand('first', { role: 'dept-reviewer', unitId: 'urban' }),
        }),
    ],
    [
      '延长',
      (now) =>
        act(later(now, 1), 'extend', { actor: hand('head', { role: 'dept-approver', unitId: 'urban' }) }),
    ],
    ['又过了', (now) => night(now, '2026-03-23')],
    ['审查', (now) => act(now, 'pass')],
    ['批', (now) => act(later(now, 1), 'grant')],
  ])
  await expect(story).toMatchFileSnapshot(told('anew'))
})

test('broken, and no day named: told once more', async () => {
  const story = tell(upTo('finish')(filed('LX-031', '2026-03-02')), [
    ['过了', (now) => night(now, '2026-03-06')],
    ['还没说', (now) => night(now, '2026-03-10')],
    ['不批', (now) => act(later(now, 1), 'refuse')],
  ])
  await expect(story).toMatchFileSnapshot(told('undated'))
})

test('the law’s last day is over while a site is waited for, which stops the promise alone', async () => {
  const story = tell(act(upTo('review')(filed('LX-034', '2026-03-02')), 'pass'), [
    ['法定的过了', (now) => night(now, '2026-03-17')],
    ['下一天', (now) => night(now, '2026-03-18')],
    ['去看了', (now) => act(later(now, 1), 'record-visit')],
    ['看完', (now) => act(now, 'pass')],
    ['改到', (now) => act(now, 'promise-anew')],
    ['批', (now) => act(later(now, 1), 'grant')],
  ])
  await expect(story).toMatchFileSnapshot(told('law-first'))
})

test('broken on the law’s last day: no day is left to name', async () => {
  const story = tell(upTo('review')(filed('LX-049', '2026-03-02')), [
    ['法定最后一天', (now) => night(now, '2026-03-05')],
    ['法定也过了', (now) => night(now, '2026-03-06')],
    ['下一天', (now) => night(now, '2026-03-09')],
  ])
  await expect(story).toMatchFileSnapshot(told('by-law'))
})

test('a share of a joint step late, and one that stops for itself', async () => {
  const start = upTo('parallel')(filed('LX-045', '2026-03-02', { applicant: { kind: 'firm' } }))
  const [first, second, third] =
    start.state.steps.find(({ key }) => key === 'parallel')?.parts.map(({ unitId }) => unitId) ?? []
  const story = tell(start, [
    ['一家停下鉴定', (now) => act(later(now, 1), 'suspend', { unitId: first ?? '' })],
    ['一家过', (now) => act(later(now, 1), 'pass', { unitId: second ?? '' })],
    ['一家不过', (now) => act(later(now, 20), 'fail', { unitId: third ?? '' })],
    ['鉴定完', (now) => act(later(now, 1), 'resume', { unitId: first ?? '' })],
  ])
  await expect(story).toMatchFileSnapshot(told('shares'))
})

import { expect, test } from 'vitest'
import { act, type Journey, later, passTime } from '#shared/domain/case/journeys/case-fixture'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { acts, applied, does, foundWanting, officer } from './paper-moves'
import { tell } from './teller'

const record = (now: Journey) =>
  act(now, 'record-visit', { record: foundWanting(now, 'site'), reasonDigest: 'as-we-saw' })

test('食品经营，现场有一项不符合，整改复查，通过，发证', async () => {
  const told = tell(
    acts(applied('LX-034', '2026-03-02', { applicant: { kind: 'firm' } }), 'accept', 'pass'),
    [
      ['看现场，两个人各自签', (now) => record(later(now, 2))],
      [
        '责令整改',
        (now) =>
          act(now, 'require-rectification', { recheckOn: dayIn(later(now, 7).now), reasonDigest: 'mend' }),
      ],
      ['复查', (now) => act(later(now, 7), 'record-visit')],
      ['通过', (now) => act(now, 'pass')],
      ['准予', (now) => act(later(now, 1), 'grant')],
      ['办结发证', (now) => act(now, 'conclude')],
      ['电子送达', (now) => act(now, 'deliver', { method: 'electronic' })],
    ],
  )
  await expect(told).toMatchFileSnapshot('./told/visits-mended.txt')
})

test('公共场所告知承诺，先发证，事后检查，要整改，没改', async () => {
  const filed = applied('LX-037', '2026-03-02', { answers: { commit: '是' }, applicant: { kind: 'firm' } })
  const told = tell(filed, [
    ['受理', (now) => act(now, 'accept')],
    ['审核、准予', (now) => acts(later(now, 1), 'pass', 'grant')],
    ['办结、电子送达', (now) => act(act(now, 'conclude'), 'deliver', { method: 'electronic' })],
    ['事后检查到期', (now) => passTime(later(now, 40))],
    [
      '事后去看',
      (now) => act(now, 'record-visit', { record: foundWanting(now, 'inspect'), reasonDigest: 'as-we-saw' }),
    ],
    ['要整改', (now) => act(now, 'require-rectification', { reasonDigest: 'mend' })],
    ['复查', (now) => act(later(now, 3), 'record-visit')],
    ['没改', (now) => act(now, 'fail', { reasonDigest: 'not-mended' })],
  ])
  await expect(told).toMatchFileSnapshot('./told/visits-promised.txt')
})

test('农药经营，写错重记，停下检验，现场不合格，不予', async () => {
  const told = tell(acts(applied('LX-028', '2026-03-02'), 'accept', 'pass'), [
    ['看现场', (now) => act(later(now, 1), 'record-visit')],
    ['重记，有一项不符合', (now) => record(later(now, 1))],
    ['检验', (now) => act(now, 'suspend', { basis: 'testing', expectedDays: 10, reasonDigest: 'sample' })],
    ['检验完', (now) => act(later(now, 9), 'resume')],
    ['不合格', (now) => act(now, 'fail', { reasonDigest: 'no-store' })],
    ['不予', (now) => act(later(now, 1), 'refuse', { reasonDigest: 'no-store' })],
    ['办结', (now) => act(now, 'conclude')],
    [
      '留置送达',
      (now) =>
        does(
          later(now, 1),
          { type: 'leave', of: 'result', witnessesDigest: 'two', refusalDigest: 'would-not' },
          officer('window', 'agri'),
        ),
    ],
  ])
  await expect(told).toMatchFileSnapshot('./told/visits-failed.txt')
})

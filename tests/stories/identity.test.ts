import { expect, test } from 'vitest'
import { APPLICANT, act, factsOf, type Journey, later } from '#shared/domain/case/journeys/case-fixture'
import { acts, applied, does, officer } from './paper-moves'
import { tell } from './teller'

const OWNER = { ...APPLICANT, mayTakeOver: true, mayDisown: true } as const
/** Under another number than was said not to be theirs. */
const another = (now: Journey) => ({
  applicant: { ...factsOf(now).applicant, numberIndex: 'another', identityIndex: 'another', disowned: false },
  answersDigest: 'named',
  change: null,
})

test('没核身份，批不了，窗口核了，批了', async () => {
  const told = tell(acts(applied('LX-009', '2026-03-02', { identityConfirmed: false }), 'verify', 'accept'), [
    [
      '窗口核身份',
      (now) =>
        does(
          later(now, 1),
          { type: 'confirm-identity', stepKey: 'review' },
          officer('town-window', '341821105'),
        ),
    ],
    ['批了', (now) => act(now, 'grant', { amount: 150_050 })],
    ['办结', (now) => act(now, 'conclude')],
  ])
  await expect(told).toMatchFileSnapshot('./told/identity-checked.txt')
})

test('别人代交的，本人说不是自己的，停办', async () => {
  const told = tell(applied('LX-014', '2026-03-02', { identityConfirmed: false }), [
    ['村里核', (now) => act(now, 'verify')],
    ['说不是自己的', (now) => does(later(now, 1), { type: 'disown', staffIds: [] }, OWNER)],
    ['停办', (now) => act(later(now, 1), 'terminate', { cause: 'disowned' })],
  ])
  await expect(told).toMatchFileSnapshot('./told/identity-disowned.txt')
})

test('没批以后本人说不是自己申请的', async () => {
  const filed = applied('LX-006', '2026-03-02', { identityConfirmed: false })
  const told = tell(acts(filed, 'accept'), [
    ['不予', (now) => act(now, 'refuse')],
    ['说不是自己的', (now) => does(later(now, 1), { type: 'disown', staffIds: [] }, OWNER)],
    ['办结', (now) => act(now, 'conclude')],
  ])
  await expect(told).toMatchFileSnapshot('./told/identity-late.txt')
})

test('没写是谁申请的，受理前核身份写上', async () => {
  const nobody = { numberIndex: null, identityIndex: null } as const
  const told = tell(applied('LX-032', '2026-03-02', { identityConfirmed: false, applicant: nobody }), [
    [
      '核身份，写上是谁',
      (now) =>
        does(
          later(now, 1),
          { type: 'confirm-identity', stepKey: 'accept', named: another(now) },
          officer('window', 'market'),
        ),
    ],
    ['受理', (now) => act(later(now, 1), 'accept')],
    ['准予、发照', (now) => acts(now, 'grant', 'conclude')],
  ])
  await expect(told).toMatchFileSnapshot('./told/identity-unnamed.txt')
})

test('本人接过来，名字改成核过的', async () => {
  const told = tell(applied('LX-010', '2026-03-02', { identityConfirmed: false }), [
    [
      '接过来',
      (now) => does(later(now, 1), { type: 'take-over', confirmedBy: 'wechat', named: another(now) }, OWNER),
    ],
    ['受理', (now) => act(now, 'accept')],
  ])
  await expect(told).toMatchFileSnapshot('./told/identity-taken-over.txt')
})

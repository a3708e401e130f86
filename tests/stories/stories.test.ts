import { expect, test } from 'vitest'
import {
  APPLICANT,
  act,
  file,
  type Journey,
  later,
  passTime,
  supplement,
} from '#shared/domain/case/journeys/case-fixture'
import { packItems } from '../generated-input'
import { done } from './by-hand'
import { PLACES } from './county'
import { tell } from './teller'

const item = (id: string) => {
  const found = packItems().find((each) => each.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}
const filed = (id: string, day: string, more: Parameters<typeof file>[2] = {}) =>
  file(item(id), day, { places: PLACES, ...more })

test('低保，补一次', async () => {
  const told = tell(filed('LX-007', '2026-03-02'), [
    ['补正', (now) => act(later(now, 1), 'request-correction')],
    ['补来', (now) => supplement(later(now, 3))],
    ['过一天', (now) => passTime(later(now, 1))],
  ])
  await expect(told).toMatchFileSnapshot('./told/first.txt')
})

test('货运许可，等着的人催一次，第三天再催', async () => {
  const nudged = (now: Journey, days: number) =>
    done(later(now, days), { type: 'nudge', unitIds: ['town'] }, APPLICANT)
  const told = tell(filed('LX-038', '2026-03-02'), [
    ['受理', (now) => act(now, 'accept')],
    ['催', (now) => nudged(now, 1)],
    ['再催', (now) => nudged(now, 3)],
    ['审完', (now) => act(now, 'pass')],
  ])
  await expect(told).toMatchFileSnapshot('./told/nudged.txt')
})

import { expect, test } from 'vitest'
import { faultsOfPhoto, LOOKED_AT, type PhotoFault } from '#shared/domain/application/photo-faults'
import { type Fault, LIGHTS, onCanvas, photographed } from './camera'
import {
  drawn,
  type Ground,
  numbersOf,
  type Paper,
  portraitSvg,
  SKINS,
  scanSvg,
  sceneSvg,
  shopSvg,
} from './scenes'

/** No photo by which the thresholds were set was drawn from it. */
const HELD_OUT = 20_261

const GROUNDS: readonly Ground[] = ['wood', 'dark', 'grey', 'white', 'checked', 'stone']
const PAPERS: readonly Paper[] = ['card', 'emblem', 'book', 'letter', 'licence', 'form']
const SIX_LIGHTS = ['daylight', 'lamp', 'shade', 'dim', 'from one side', 'half in shadow'] as const

interface Made {
  readonly what: string
  /** Undefined of a good one. */
  readonly fault: PhotoFault | undefined
  readonly seen: readonly PhotoFault[]
}

const random = numbersOf(HELD_OUT)
const between = (least: number, most: number) => least + random() * (most - least)
const nth = <Of>(list: readonly Of[], at: number) => list[at % list.length] as Of

/** As a phone stores it and its canvas gives it. */
async function look(svg: string, light: string, fault: Fault, noise: number) {
  const camera = { seed: Math.ceil(random() * 1e6), noise, quality: Math.round(between(62, 90)) }
  const jpeg = await photographed(await drawn(svg), LIGHTS[light] ?? (() => [1, 1, 1]), fault, camera)
  return faultsOfPhoto(await onCanvas(jpeg, LOOKED_AT))
}

const sheet = (at: number, more: Partial<Parameters<typeof sceneSvg>[0]> = {}) =>
  sceneSvg(
    {
      paper: nth(PAPERS, at),
      ground: nth(GROUNDS, at + Math.floor(at / 6)),
      skin: nth(SKINS, at),
      filled: between(0.5, 0.84),
      turned: between(-12, 12),
      aside: { x: between(-0.03, 0.03), y: between(-0.03, 0.03) },
      ...more,
    },
    Math.ceil(random() * 1e6),
  )

const BAD: readonly (readonly [PhotoFault, () => Fault])[] = [
  ['dark', () => ({ dark: between(0.1, 0.3) })],
  [
    'glare',
    () => ({
      glare: {
        x: between(0.35, 0.65),
        y: between(0.35, 0.65),
        radius: between(0.06, 0.18),
        power: between(0.92, 1.1),
      },
    }),
  ],
  ['blurred', () => ({ blur: between(3, 11) })],
  ['blurred', () => ({ shake: { along: random() < 0.5 ? 'x' : 'y', way: Math.round(between(11, 30)) } })],
]

async function takeBad(at: number): Promise<Made> {
  const light = nth(SIX_LIGHTS, at)
  if (at % 5 === 4) {
    const away = between(0.26, 0.4) * (random() < 0.5 ? 1 : -1)
    const aside = at % 2 === 0 ? { x: away, y: 0 } : { x: 0, y: away }
    const seen = await look(sheet(at, { aside, filled: between(0.7, 1.3) }), light, {}, 4)
    return { what: `${at} cut off, ${light}`, fault: 'cut-off', seen }
  }
  const [fault, how] = nth(BAD, at % 5)
  return { what: `${at} ${fault}, ${light}`, fault, seen: await look(sheet(at), light, how(), between(2, 8)) }
}

async function takeGood(at: number): Promise<Made> {
  const light = nth(SIX_LIGHTS, at)
  const made = (what: string, seen: readonly PhotoFault[]): Made => ({
    what: `${at} ${what}`,
    fault: undefined,
    seen,
  })
  const noise = between(2, 8)
  if (at >= 34) return made('scan', await look(scanSvg(HELD_OUT + at), 'daylight', {}, 0.5))
  if (at >= 32) return made('shop', await look(shopSvg(HELD_OUT + at), light, {}, noise))
  if (at >= 30)
    return made(
      'portrait',
      await look(portraitSvg(nth(SKINS, at * 3), '#f4f6f8', '#22262b'), light, {}, noise),
    )
  // Each paper in each light once in six.
  const paper = nth(PAPERS, at + Math.floor(at / 6))
  const seen = await look(sheet(at, { paper, held: at % 7 === 3 }), light, { blur: between(0.6, 1.3) }, noise)
  return made(`${paper}, ${light}`, seen)
}

test('of 60 photos what is wrong is named, and the good ones pass in six lights', {
  timeout: 300_000,
}, async () => {
  const photos: Made[] = []
  for (let at = 0; at < 24; at += 1) photos.push(await takeBad(at))
  for (let at = 0; at < 36; at += 1) photos.push(await takeGood(at))
  const bad = photos.filter(({ fault }) => fault !== undefined)
  const good = photos.filter(({ fault }) => fault === undefined)
  const missed = bad.filter(({ fault, seen }) => fault !== undefined && !seen.includes(fault))
  const alarms = good.filter(({ seen }) => seen.length > 0)
  console.log({
    named: `${bad.length - missed.length} of ${bad.length}`,
    'false alarms': `${alarms.length} of ${good.length}`,
    missed: missed.map(({ what, seen }) => `${what}: ${seen.join()}`),
    alarms: alarms.map(({ what, seen }) => `${what}: ${seen.join()}`),
  })
  expect(photos).toHaveLength(60)
  expect(1 - missed.length / bad.length).toBeGreaterThanOrEqual(0.9)
  expect(alarms.length / good.length).toBeLessThanOrEqual(0.05)
})

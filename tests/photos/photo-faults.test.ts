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

/** Some at a time: one is drawn while another is looked at. What is random in each is drawn before the next begins. */
async function takeAll(many: number, take: (at: number) => Promise<Made>): Promise<readonly Made[]> {
  const taken: Made[] = []
  for (let from = 0; from < many; from += 4) {
    const some = Array.from({ length: Math.min(4, many - from) }, (_, nth) => take(from + nth))
    taken.push(...(await Promise.all(some)))
  }
  return taken
}

test('of 60 photos what is wrong is named, and the good ones pass in six lights', {
  timeout: 300_000,
}, async () => {
  const photos = [...(await takeAll(24, takeBad)), ...(await takeAll(36, takeGood))]
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

/** White paper at which the phone looks from close by, so that its rim is out of the frame. */
const pageOf = (drawing: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200"><rect width="1600" height="1200" fill="#f4f3ef"/>${drawing}</svg>`
const SEAL = pageOf(
  '<circle cx="1000" cy="800" r="110" stroke="#c8312b" stroke-width="9" fill="none" opacity=".8"/>',
)
const SIGNATURE = pageOf(
  '<path d="M900 900q20 -60 40 10t40 -30t30 40t44 -40" stroke="#1d2f63" stroke-width="5" fill="none"/>',
)
const PENCIL = pageOf(
  '<path d="M300 300q50 -60 90 10t90 -20t70 30M300 420q40 -60 90 10t90 -20" stroke="#c6c5c1" stroke-width="6" fill="none"/>',
)
const numbers = numbersOf(HELD_OUT)
const SITE = pageOf(
  `<rect width="1600" height="620" fill="#bcd3e2"/><path d="M0 640q300 -160 600 -40t1000 -60V1200H0z" fill="#74804f"/>
  <rect x="640" y="520" width="360" height="260" fill="#a2937f"/><path d="M600 530L820 400L1040 530z" fill="#6d4a3c"/>${Array.from(
    { length: 400 },
    () =>
      `<path d="M${numbers() * 1600} ${760 + numbers() * 440}l${numbers() * 12 - 6} ${-14 - numbers() * 26}" stroke="#4f5d33" stroke-width="3"/>`,
  ).join('')}`,
)

test.each([8, 25, 40])('a page of which nothing is left is blurred: %s pixels', async (blur) => {
  expect((await look(scanSvg(HELD_OUT), 'shade', { blur }, 5))[0]).toBe('blurred')
  expect((await look(scanSvg(HELD_OUT), 'daylight', { blur }, 5))[0]).toBe('blurred')
})

test('a page that is white all over is burnt out', async () => {
  expect(await look(pageOf(''), 'bright', {}, 3)).toEqual(['glare'])
})

test.each([
  ['a seal', SEAL],
  ['a signature', SIGNATURE],
  ['pencil', PENCIL],
  ['a house in its field', SITE],
  ['a face', portraitSvg(SKINS[0], '#f4f6f8', '#e5e5e0')],
])('little stands on it, and it is in no doubt: %s', async (_what, svg) => {
  expect(await look(svg, 'daylight', {}, 6)).toEqual([])
  expect(await look(svg, 'shade', {}, 4)).toEqual([])
})

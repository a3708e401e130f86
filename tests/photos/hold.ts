import { LIGHTS, onCanvas, photographed } from './camera'
import { drawn, portraitSvg, scanSvg, sceneSvg, SKINS, numbersOf, type Ground, type Paper } from './scenes'
import { faultsOfPhoto } from '../../shared/domain/application/photo-faults'
import { writeFileSync, mkdirSync } from 'node:fs'
const grounds: Ground[] = ['wood', 'dark', 'grey', 'white', 'checked', 'stone']
const kinds: Paper[] = ['card', 'emblem', 'book', 'letter', 'licence']
const lights = Object.keys(LIGHTS)
const r = numbersOf(Number(process.argv[2] ?? 99))
const pick = <T,>(l: readonly T[]) => l[Math.floor(r() * l.length)]!
mkdirSync('/tmp/hold', { recursive: true })
const tally: Record<string, [number, number]> = {}
for (let n = 0; n < Number(process.argv[3] ?? 120); n++) {
  const want = pick(['good', 'good', 'good', 'dark', 'glare', 'blurred', 'cut-off'])
  const paper = pick(kinds), ground = pick(grounds), light = pick(lights)
  let aside = { x: (r() - .5) * .06, y: (r() - .5) * .06 }, filled = 0.45 + r() * 0.4
  if (want === 'cut-off') { filled = 0.7 + r() * 0.7; const side = pick([0,1,2,3]); const d = 0.25 + r() * 0.15; aside = { x: side === 0 ? d : side === 1 ? -d : aside.x, y: side === 2 ? d : side === 3 ? -d : aside.y } }
  const svg = sceneSvg({ paper, ground, skin: pick(SKINS), filled, turned: (r() - .5) * 24, aside, held: want === 'good' && r() < .2 }, n + 5000)
  const fault: any = want === 'dark' ? { dark: .1 + r() * .2 } : want === 'glare' ? { glare: { x: .35 + r() * .3, y: .35 + r() * .3, radius: .06 + r() * .12, power: .92 + r() * .2 } } : want === 'blurred' ? (r() < .6 ? { blur: 3 + r() * 8 } : { shake: { along: r() < .5 ? 'x' : 'y', way: 11 + Math.floor(r() * 20) } }) : { blur: .6 + r() * .7 }
  const jpeg = await photographed(await drawn(svg), LIGHTS[light]!, fault, { seed: n + 1, noise: 2 + r() * 6, quality: 60 + Math.floor(r() * 30) })
  const seen = faultsOfPhoto(await onCanvas(jpeg, 800))
  const ok = want === 'good' ? seen.length === 0 : seen.includes(want as any)
  tally[want] ??= [0, 0]; tally[want][1]++; if (ok) tally[want][0]++
  else { console.log(n, want, paper, ground, light, JSON.stringify({ fault, filled, aside }), JSON.stringify(seen)); writeFileSync(`/tmp/hold/${n}-${want}.jpg`, jpeg) }
}
console.log(JSON.stringify(tally))

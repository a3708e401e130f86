import { LIGHTS, onCanvas, photographed } from './camera'
import { drawn, portraitSvg, scanSvg, sceneSvg, SKINS, type Ground, type Paper } from './scenes'
import { faultsOfPhoto } from '../../shared/domain/application/photo-faults'
import { mkdirSync, writeFileSync, readdirSync, existsSync, readFileSync } from 'node:fs'
const dir = '/tmp/photos'
mkdirSync(dir, { recursive: true })
const grounds: Ground[] = ['wood', 'dark', 'grey', 'white', 'checked', 'stone']
const kinds: Paper[] = ['card', 'emblem', 'book', 'letter', 'licence']
const save = async (name: string, svg: string, light: string, fault: any, seed: number, noise = 4) => {
  const file = `${dir}/${name}.jpg`
  if (existsSync(file)) return
  writeFileSync(file, await photographed(await drawn(svg), LIGHTS[light]!, fault, { seed, noise }))
}
let n = 0
const lights = Object.keys(LIGHTS)
for (const paper of kinds) for (let k = 0; k < 7; k++) {
  n++
  await save(`good-${paper}-${grounds[n % 6]}-${lights[k]}-${n}`, sceneSvg({ paper, ground: grounds[n % 6]!, skin: SKINS[n % 6]!, filled: 0.6 + (n % 4) * 0.1, turned: (n % 5) * 3 - 6, held: n % 7 === 3 }, n), lights[k]!, {}, n, 3 + (n % 3) * 2)
}
for (const skin of SKINS) { n++; await save(`good-portrait-${n}`, portraitSvg(skin, ['#f4f6f8', '#3f7fc4', '#c9ccd0'][n % 3]!, ['#22262b', '#f0efe9', '#7d2f2f'][n % 3]!), lights[n % 4]!, {}, n) }
for (let k = 0; k < 3; k++) { n++; await save(`good-scan-${n}`, scanSvg(n), 'daylight', {}, n, 0.5) }
for (let k = 0; k < 10; k++) {
  n++
  const base = { paper: kinds[k % 5]!, ground: grounds[k % 6]!, skin: SKINS[k % 6]!, filled: 0.65 + (k % 4) * 0.08, turned: (k % 5) * 3 - 6 }
  const svg = sceneSvg(base, n)
  await save(`dark-${n}`, svg, lights[k % 4]!, { dark: 0.08 + k * 0.022 }, n, 8)
  await save(`glare-${n}`, svg, lights[k % 4]!, { glare: { x: 0.35 + (k % 4) * 0.1, y: 0.35 + (k % 3) * 0.12, radius: 0.07 + k * 0.012, power: 0.95 + (k % 3) * 0.1 } }, n)
  await save(`blurred-${n}`, svg, lights[k % 5]!, { blur: 3 + k * 0.7 }, n, 5)
  await save(`shaken-${n}`, svg, lights[k % 5]!, { shake: { along: k % 2 ? 'x' : 'y', way: 10 + k * 2 } }, n, 5)
  const side = [{ x: 0.3, y: 0 }, { x: -0.32, y: 0.02 }, { x: 0.02, y: 0.33 }, { x: 0, y: -0.3 }, { x: 0.25, y: 0.25 }][k % 5]!
  await save(`cut-${n}`, sceneSvg({ ...base, filled: 0.75 + (k % 3) * 0.12, aside: side }, n), lights[k % 6]!, {}, n)
  if (k < 5) await save(`cutbig-${n}`, sceneSvg({ ...base, filled: 1.35, turned: 0, aside: { x: 0.2, y: 0 } }, n), lights[k % 6]!, {}, n)
}
const long = Number(process.argv[2] ?? 800)
for (const name of readdirSync(dir).filter((f) => f.endsWith('.jpg')).sort()) {
  const p = await onCanvas(readFileSync(`${dir}/${name}`), long)
  const t = performance.now()
  const m = faultsOfPhoto(p)
  console.log(name.padEnd(44), JSON.stringify(m), (performance.now() - t).toFixed(0))
}

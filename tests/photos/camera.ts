import sharp from 'sharp'
import { numbersOf, SENSOR } from './scenes'

/** What the light makes of a scene. Factors of red, green and blue at a place of the frame (0 to 1). */
export type Light = (x: number, y: number) => readonly [number, number, number]
const even =
  (factor: number, red = 1, blue = 1): Light =>
  () => [factor * red, factor, factor * blue]
export const LIGHTS: Readonly<Record<string, Light>> = {
  daylight: even(1),
  lamp: even(0.85, 1.12, 0.72),
  shade: even(0.72, 0.94, 1.1),
  dim: even(0.52, 1.08, 0.85),
  bright: even(1.22),
  'from one side': (x) => [1.08 - 0.55 * x, 1.08 - 0.55 * x, 1.06 - 0.5 * x],
  'half in shadow': (x, y) => {
    const factor = x + y * 0.4 > 0.75 ? 0.58 : 1
    return [factor, factor, factor * 1.04]
  },
}

export interface Fault {
  /** The light that is left, 0 to 1. */
  readonly dark?: number
  /** Middle and radius of a lamp's reflection, of the frame's width; at `power` 1 it is white in its middle. */
  readonly glare?: { readonly x: number; readonly y: number; readonly radius: number; readonly power: number }
  /** Sigma in pixels of the sensor. */
  readonly blur?: number
  /** Way of the hand in pixels of the sensor, along `x` or `y`. */
  readonly shake?: { readonly along: 'x' | 'y'; readonly way: number }
}

const { width, height } = SENSOR

/** The mean of what the hand passed over, as a sum that moves along: the way costs nothing. */
const shaken = (pixels: Float32Array, { along, way }: NonNullable<Fault['shake']>) => {
  const result = new Float32Array(pixels.length)
  const [length, lines] = along === 'x' ? [width, height] : [height, width]
  const [step, stride] = along === 'x' ? [3, width * 3] : [width * 3, 3]
  for (let line = 0; line < lines * 3; line += 1) {
    const from = Math.floor(line / 3) * stride + (line % 3)
    const valueAt = (at: number) => pixels[from + Math.min(length - 1, at) * step] ?? 0
    let sum = 0
    for (let at = 0; at < way; at += 1) sum += valueAt(at)
    for (let at = 0; at < length; at += 1) {
      result[from + at * step] = sum / way
      sum += valueAt(at + way) - valueAt(at)
    }
  }
  return result
}

/** How much of a lamp's reflection lies over a pixel. */
const whiteAt = (glare: NonNullable<Fault['glare']>, x: number, y: number) => {
  const away = Math.hypot(x - glare.x * width, y - glare.y * height) / (glare.radius * width)
  return Math.max(0, Math.min(1, (1.35 - away) / 0.8)) * glare.power
}

/** Noise of a sensor, about normal; the pattern is longer than a row and comes again in no column. */
const grainOf = (seed: number) => {
  const random = numbersOf(seed * 7919)
  return Float32Array.from({ length: 65_521 }, () => (random() + random() + random() - 1.5) * 2)
}

function litBy(light: Light, scene: Float32Array) {
  const lit = new Float32Array(scene.length)
  for (let at = 0, y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 3) {
      // By its places: taken apart as a list it is the slowest part of it all.
      const factors = light(x / width, y / height)
      lit[at] = (scene[at] ?? 0) * factors[0]
      lit[at + 1] = (scene[at + 1] ?? 0) * factors[1]
      lit[at + 2] = (scene[at + 2] ?? 0) * factors[2]
    }
  return lit
}

/** A photo of 2 Mpx as a phone stores it: lens, light, noise of the sensor, JPEG. `noise` in levels of 255. */
export const photographed = async (
  scene: Float32Array,
  light: Light,
  fault: Fault,
  { seed, noise = 4, quality = 82 }: { seed: number; noise?: number; quality?: number },
): Promise<Buffer> => {
  const lit = litBy(light, scene)
  const moved = fault.shake ? shaken(lit, fault.shake) : lit
  const seen = await sharp(new Uint8ClampedArray(moved), { raw: { width, height, channels: 3 } })
    .blur(fault.blur ?? 0.7)
    .raw()
    .toBuffer()
  const out = new Uint8ClampedArray(seen.length)
  const grain = grainOf(seed)
  const { dark = 1, glare } = fault
  for (let at = 0, nth = 0; at < seen.length; at += 3) {
    const pixel = at / 3
    const white = glare ? whiteAt(glare, pixel % width, Math.floor(pixel / width)) : 0
    for (let channel = at; channel < at + 3; channel += 1) {
      const value = (seen[channel] ?? 0) * dark
      out[channel] = value + (258 - value) * white + (grain[nth] ?? 0) * noise
      nth = nth + 1 === grain.length ? 0 : nth + 1
    }
  }
  return sharp(out, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer()
}

/** As a canvas gives it, its longer side brought down to `long`. */
export const onCanvas = async (jpeg: Buffer, long: number) => {
  const { data, info } = await sharp(jpeg)
    .resize({ width: long, height: long, fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
}

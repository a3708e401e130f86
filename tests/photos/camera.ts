import sharp from 'sharp'
import { numbersOf, SENSOR } from './scenes'

/** What the light makes of a scene. Factors of red, green and blue at a place of the frame (0 to 1). */
export type Light = (x: number, y: number) => readonly [number, number, number]
const even = (factor: number, red = 1, blue = 1): Light => () => [factor * red, factor, factor * blue]
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

const shaken = (pixels: Float32Array, { along, way }: NonNullable<Fault['shake']>) => {
  const result = new Float32Array(pixels.length)
  const [stepX, stepY] = along === 'x' ? [1, 0] : [0, 1]
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0
        for (let step = 0; step < way; step += 1) {
          const fromX = Math.min(width - 1, x + stepX * step)
          const fromY = Math.min(height - 1, y + stepY * step)
          sum += pixels[(fromY * width + fromX) * 3 + channel] ?? 0
        }
        result[(y * width + x) * 3 + channel] = sum / way
      }
  return result
}

/** A photo of 2 Mpx as a phone stores it: lens, light, noise of the sensor, JPEG. `noise` in levels of 255. */
export const photographed = async (
  scene: Float32Array,
  light: Light,
  fault: Fault,
  { seed, noise = 4, quality = 82 }: { seed: number; noise?: number; quality?: number },
): Promise<Buffer> => {
  const random = numbersOf(seed * 7919)
  const clamp = (value: number) => Math.max(0, Math.min(255, Math.round(value)))
  const lit = scene.map((value, at) => {
    const pixel = Math.floor(at / 3)
    return value * (light((pixel % width) / width, Math.floor(pixel / width) / height)[at % 3] ?? 1)
  })
  const moved = fault.shake ? shaken(lit, fault.shake) : lit
  const seen = await sharp(Buffer.from(moved.map(clamp)), { raw: { width, height, channels: 3 } })
    .blur(fault.blur ?? 0.7)
    .raw()
    .toBuffer()
  const out = Buffer.alloc(seen.length)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const away = fault.glare
        ? Math.hypot(x - fault.glare.x * width, y - fault.glare.y * height) / (fault.glare.radius * width)
        : 9
      const white = fault.glare ? Math.max(0, Math.min(1, (1.35 - away) / 0.8)) * fault.glare.power : 0
      for (let channel = 0; channel < 3; channel += 1) {
        const at = (y * width + x) * 3 + channel
        const value = (seen[at] ?? 0) * (fault.dark ?? 1)
        const grain = (random() + random() + random() - 1.5) * 2 * noise
        out[at] = clamp(value + (258 - value) * white + grain)
      }
    }
  return sharp(out, { raw: { width, height, channels: 3 } }).jpeg({ quality }).toBuffer()
}

/** As a canvas gives it, its longer side brought down to `long`. */
export const onCanvas = async (jpeg: Buffer, long: number) => {
  const { data, info } = await sharp(jpeg)
    .resize({ width: long, height: long, fit: 'inside', withoutEnlargement: true })
    .ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
}

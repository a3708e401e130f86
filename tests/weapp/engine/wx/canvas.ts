import sharp from 'sharp'
import type { Host, Options } from './host'

interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

const CONTEXT_METHODS = [
  'fillRect',
  'strokeRect',
  'beginPath',
  'closePath',
  'lineTo',
  'arc',
  'fill',
  'stroke',
  'save',
  'restore',
  'translate',
  'rotate',
]

/** The four neighbours of each place and no more, as a phone draws: what lies between them when it is made small is lost. */
function madeSmall({ width: from, height: rows, data }: Pixels, width: number, height: number): Pixels {
  const small = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const left = ((x + 0.5) * from) / width - 0.5
      const top = ((y + 0.5) * rows) / height - 0.5
      const [column, row] = [Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top))]
      const [right, below] = [Math.min(from - 1, column + 1), Math.min(rows - 1, row + 1)]
      const [dx, dy] = [Math.max(0, left - column), Math.max(0, top - row)]
      for (let channel = 0; channel < 4; channel += 1) {
        const at = (atX: number, atY: number) => data[(atY * from + atX) * 4 + channel] ?? 0
        small[(y * width + x) * 4 + channel] =
          (at(column, row) * (1 - dx) + at(right, row) * dx) * (1 - dy) +
          (at(column, below) * (1 - dx) + at(right, below) * dx) * dy
      }
    }
  return { width, height, data: small }
}

/** A photo that is being read; tells of it later, as WeChat does. */
function imageOf({ loop, hands }: Host) {
  const image = {
    width: 0,
    height: 0,
    pixels: undefined as Pixels | undefined,
    onload: () => {},
    onerror: (_reason: unknown) => {},
    set src(path: string) {
      if (hands.canvas === 'hangs') return
      loop.track(async () => {
        if (hands.canvas === 'fails') return image.onerror({ errMsg: 'image load fail' })
        const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
        const { width, height } = info
        Object.assign(image, { width, height, pixels: { width, height, data: new Uint8ClampedArray(data) } })
        image.onload()
      })
    },
  }
  return image
}

/** A canvas beside the page that knows what was written on it; WeChat draws the older kind unless told `2d`. */
export function canvasOf(host: Host, { type, width, height }: Options) {
  const words: string[] = []
  let drawn: Pixels | undefined
  const context = {
    ...Object.fromEntries(CONTEXT_METHODS.map((name) => [name, () => {}])),
    fillText: (text: string) => void words.push(text),
    drawImage({ pixels }: ReturnType<typeof imageOf>, _x: number, _y: number, wide: number, high: number) {
      drawn = pixels && madeSmall(pixels, wide, high)
    },
    getImageData() {
      if (!drawn) throw new Error('nothing is drawn')
      host.hands.looked.push(
        new Promise((resolve) => {
          const from = process.cpuUsage()
          // After all that the page makes of it at once.
          setImmediate(() => {
            const { user, system } = process.cpuUsage(from)
            resolve((user + system) / 1000)
          })
        }),
      )
      return drawn
    },
  }
  return {
    words,
    width,
    height,
    createImage: () => imageOf(host),
    getContext: (kind: string) => (kind === type ? context : null),
  }
}

export type Canvas = ReturnType<typeof canvasOf>

import sharp from 'sharp'

/** What the camera sees, drawn: nobody's real paper. Pixels of the sensor. */
export const SENSOR = { width: 1600, height: 1200 } as const

/** The same numbers from the same seed, between 0 and 1. */
export const numbersOf = (seed: number) => {
  let state = seed >>> 0 || 1
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
type Numbers = () => number

/** Something like a Chinese character: strokes in a square, so that no font is needed. */
const character = (x: number, y: number, size: number, ink: string, random: Numbers) => {
  const strokes = 4 + Math.floor(random() * 5)
  const at = () => (0.08 + random() * 0.84) * size
  let path = ''
  for (let stroke = 0; stroke < strokes; stroke += 1) {
    const [along, from, to] = [at(), at() * 0.5, size * (0.55 + random() * 0.4)]
    const kind = random()
    if (kind < 0.42) path += `M${x + from} ${y + along}L${x + to} ${y + along}`
    else if (kind < 0.8) path += `M${x + along} ${y + from}L${x + along} ${y + to}`
    else path += `M${x + at()} ${y + from}L${x + at()} ${y + to}`
  }
  return `<path d="${path}" stroke="${ink}" stroke-width="${Math.max(1.6, size * 0.085)}" fill="none"/>`
}
const line = (x: number, y: number, size: number, characters: number, ink: string, random: Numbers) =>
  Array.from({ length: characters }, (_, nth) => character(x + nth * size * 1.12, y, size, ink, random)).join(
    '',
  )

export const SKINS = ['#f6d7c3', '#ecc4a4', '#dcaa80', '#c08a5e', '#94633f', '#5d3a26'] as const
export type Paper = 'card' | 'emblem' | 'book' | 'letter' | 'licence' | 'form'

const face = (x: number, y: number, wide: number, skin: string) => {
  const high = wide * 1.25
  return `<g><rect x="${x}" y="${y}" width="${wide}" height="${high}" fill="#e4ecf2"/>
    <path d="M${x + wide * 0.08} ${y + high}q${wide * 0.42} ${-high * 0.55} ${wide * 0.84} 0z" fill="#2d4438"/>
    <ellipse cx="${x + wide / 2}" cy="${y + high * 0.43}" rx="${wide * 0.24}" ry="${high * 0.25}" fill="${skin}"/>
    <path d="M${x + wide * 0.26} ${y + high * 0.36}q${wide * 0.24} ${-high * 0.32} ${wide * 0.48} 0z" fill="#1d1a18"/>
    <circle cx="${x + wide * 0.42}" cy="${y + high * 0.42}" r="${wide * 0.02}" fill="#111"/>
    <circle cx="${x + wide * 0.58}" cy="${y + high * 0.42}" r="${wide * 0.02}" fill="#111"/></g>`
}

/** Drawn at its own size, in its own frame. */
const papers: Record<
  Paper,
  (random: Numbers, skin: string) => { wide: number; high: number; drawn: string }
> = {
  card: (random, skin) => {
    const [wide, high] = [1010, 640]
    const rows = [0, 1, 2, 3, 4].map(
      (row) =>
        line(70, 60 + row * 92, 34, 2, '#5d7286', random) +
        line(180, 60 + row * 92, 40, row === 0 ? 3 : 5 + Math.floor(random() * 4), '#16181a', random),
    )
    return {
      wide,
      high,
      drawn: `<rect width="${wide}" height="${high}" rx="36" fill="#dde9ee"/>
      <path d="M0 420q250 -90 500 0t510 -20" stroke="#c4d8e0" stroke-width="14" fill="none"/>
      ${rows.join('')}${line(70, 540, 36, 18, '#16181a', random)}${face(700, 70, 240, skin)}`,
    }
  },
  emblem: (random) => ({
    wide: 1010,
    high: 640,
    drawn: `<rect width="1010" height="640" rx="36" fill="#e2e8e4"/>
      <circle cx="180" cy="170" r="105" fill="#b73b30"/><circle cx="180" cy="170" r="60" fill="#d9a54a"/>
      ${line(340, 90, 62, 7, '#16181a', random)}${line(340, 200, 84, 5, '#16181a', random)}
      ${line(120, 440, 40, 4, '#16181a', random)}${line(330, 440, 40, 9, '#16181a', random)}
      ${line(120, 530, 40, 4, '#16181a', random)}${line(330, 530, 40, 12, '#16181a', random)}`,
  }),
  book: (random) => {
    const [wide, high] = [1180, 820]
    const rows = Array.from({ length: 8 }, (_, row) => {
      const y = 110 + row * 84
      return (
        `<path d="M60 ${y}H1120" stroke="#777" stroke-width="3"/>` +
        line(80, y + 22, 30, 4, '#333', random) +
        line(330, y + 20, 34, 6 + Math.floor(random() * 6), '#191919', random)
      )
    })
    return {
      wide,
      high,
      drawn: `<rect width="${wide}" height="${high}" fill="#efe6d2"/>
      ${line(330, 34, 52, 8, '#222', random)}${rows.join('')}<path d="M300 110V782M60 110V782M1120 110V782M60 782H1120" stroke="#777" stroke-width="3"/>`,
    }
  },
  form: (random) => {
    const [wide, high] = [820, 1120]
    const cells = Array.from({ length: 11 }, (_, row) => {
      const y = 170 + row * 68
      return `<path d="M70 ${y}H750" stroke="#555" stroke-width="2.5"/>${line(90, y + 20, 24, 4, '#333', random)}${line(300, y + 16, 30, 3 + Math.floor(random() * 8), '#20386e', random)}`
    })
    const hand = Array.from(
      { length: 7 },
      () => `q${20 + random() * 20} ${random() * 90 - 45} ${24 + random() * 14} ${random() * 30 - 15}`,
    )
    return {
      wide,
      high,
      drawn: `<rect width="${wide}" height="${high}" fill="#fbfaf6"/>${line(230, 70, 46, 7, '#111', random)}${cells.join('')}
      <path d="M70 918H750M70 170V918M280 170V918M750 170V918" stroke="#555" stroke-width="2.5" fill="none"/>
      ${line(330, 985, 26, 4, '#333', random)}<path d="M470 1010${hand.join('')}" stroke="#1d2f63" stroke-width="5" fill="none"/>`,
    }
  },
  letter: (random) => {
    const [wide, high] = [820, 1120]
    const rows = Array.from({ length: 18 }, (_, row) =>
      line(90, 190 + row * 46, 27, 10 + Math.floor(random() * 11), '#1c1c1c', random),
    )
    return {
      wide,
      high,
      drawn: `<rect width="${wide}" height="${high}" fill="#f4f3ef"/>
      ${line(200, 80, 50, 8, '#111', random)}${rows.join('')}
      <circle cx="600" cy="960" r="88" stroke="#c8312b" stroke-width="8" fill="none" opacity=".8"/>`,
    }
  },
  licence: (random) => ({
    wide: 1180,
    high: 830,
    drawn: `<rect width="1180" height="830" fill="#f6efd9"/>
      <rect x="34" y="34" width="1112" height="762" fill="none" stroke="#b58a3c" stroke-width="16"/>
      ${line(330, 110, 78, 6, '#241a10', random)}
      ${[0, 1, 2, 3, 4]
        .map(
          (row) =>
            line(120, 280 + row * 88, 32, 4, '#5a4a32', random) +
            line(330, 278 + row * 88, 36, 8 + Math.floor(random() * 8), '#1b1712', random),
        )
        .join('')}
      <circle cx="930" cy="640" r="90" stroke="#c8312b" stroke-width="9" fill="none" opacity=".8"/>`,
  }),
}

export type Ground = 'wood' | 'dark' | 'grey' | 'white' | 'checked' | 'stone'
const grounds: Record<Ground, (random: Numbers) => string> = {
  wood: (random) =>
    `<rect width="1600" height="1200" fill="#a9825a"/>${Array.from({ length: 70 }, () => {
      const y = random() * 1200
      return `<path d="M0 ${y}q400 ${random() * 24 - 12} 800 0t800 ${random() * 16}" stroke="${random() < 0.5 ? '#936c45' : '#b8916a'}" stroke-width="${2 + random() * 7}" fill="none" opacity=".55"/>`
    }).join('')}`,
  dark: () => '<rect width="1600" height="1200" fill="#33302e"/>',
  grey: () => '<rect width="1600" height="1200" fill="#8d8f90"/>',
  white: () => '<rect width="1600" height="1200" fill="#f7f7f5"/>',
  checked: () =>
    `<rect width="1600" height="1200" fill="#c9c2b2"/>${Array.from(
      { length: 10 },
      (_, nth) =>
        `<rect x="${nth * 160}" width="80" height="1200" fill="#9b5a50" opacity=".45"/><rect y="${nth * 160}" width="1600" height="80" fill="#9b5a50" opacity=".45"/>`,
    ).join('')}`,
  stone: (random) =>
    `<rect width="1600" height="1200" fill="#b9b4ab"/>${Array.from(
      { length: 500 },
      () =>
        `<circle cx="${random() * 1600}" cy="${random() * 1200}" r="${1 + random() * 5}" fill="${random() < 0.5 ? '#9b968d' : '#cfcac1'}"/>`,
    ).join('')}`,
}

export interface Scene {
  readonly paper: Paper
  readonly ground: Ground
  readonly skin?: string
  /** Part of the frame that the paper takes, 0.3 to 1. */
  readonly filled?: number
  /** Degrees. */
  readonly turned?: number
  /** Of the frame: by how much the paper's middle is off the frame's. */
  readonly aside?: { readonly x: number; readonly y: number }
  /** The thumb of whoever holds it, from below. */
  readonly held?: boolean
}

export const sceneSvg = (scene: Scene, seed: number): string => {
  const random = numbersOf(seed)
  const skin = scene.skin ?? SKINS[1]
  const { wide, high, drawn } = papers[scene.paper](random, skin)
  const scale = Math.min(1600 / wide, 1200 / high) * (scene.filled ?? 0.75)
  const x = 800 + (scene.aside?.x ?? 0) * 1600
  const y = 600 + (scene.aside?.y ?? 0) * 1200
  const thumb = scene.held
    ? `<path d="M${x - 130} 1210q-10 -${250 + random() * 60} 70 -${1210 - y - (high * scale) / 2 + 190}q80 -40 120 40q30 160 20 400z" fill="${skin}"/>`
    : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200">${grounds[scene.ground](random)}
    <g transform="translate(${x} ${y}) rotate(${scene.turned ?? 0}) scale(${scale}) translate(${-wide / 2} ${-high / 2})">${drawn}</g>${thumb}</svg>`
}

/** A portrait before a plain wall, as for a certificate. */
export const portraitSvg = (skin: string, wall: string, clothes: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200"><rect width="1600" height="1200" fill="${wall}"/>
    <path d="M360 1200q60 -360 440 -380q380 20 440 380z" fill="${clothes}"/>
    <rect x="700" y="640" width="200" height="220" fill="${skin}"/>
    <ellipse cx="800" cy="500" rx="230" ry="300" fill="${skin}"/>
    <path d="M560 470q0 -330 240 -330t240 330q-60 -180 -240 -180t-240 180z" fill="#1b1715"/>
    <g fill="#16110e"><ellipse cx="715" cy="480" rx="32" ry="15"/><ellipse cx="885" cy="480" rx="32" ry="15"/>
    <rect x="680" y="425" width="75" height="12"/><rect x="845" y="425" width="75" height="12"/></g>
    <path d="M740 660q60 34 120 0" stroke="#8d3f3a" stroke-width="14" fill="none"/></svg>`

/** A shop from across the street: its name over the door, the street before it. */
export const shopSvg = (seed: number): string => {
  const random = numbersOf(seed)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200"><rect width="1600" height="1200" fill="#b4aca0"/>
    <rect y="980" width="1600" height="220" fill="#8b8883"/><rect x="160" y="210" width="1280" height="190" fill="#9f2f27"/>
    ${line(330, 250, 104, 8, '#f6e7b4', random)}<rect x="200" y="430" width="560" height="550" fill="#5e7480"/>
    <rect x="840" y="430" width="560" height="550" fill="#3f4d55"/><path d="M480 430V980M1120 430V980" stroke="#ddd" stroke-width="14"/>
    ${line(260, 520, 40, 4, '#e8eef0', random)}${line(900, 560, 34, 5, '#e8eef0', random)}</svg>`
}

/** Sheet from a scanner: paper from edge to edge. */
export const scanSvg = (seed: number): string => {
  const random = numbersOf(seed)
  const rows = Array.from({ length: 19 }, (_, row) =>
    line(170, 190 + row * 48, 28, 22 + Math.floor(random() * 18), '#151515', random),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200"><rect width="1600" height="1200" fill="#fff"/>
    ${line(520, 80, 54, 9, '#111', random)}${rows.join('')}</svg>`
}

export const drawn = async (svg: string): Promise<Float32Array> => {
  const { data } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return new Float32Array(data)
}

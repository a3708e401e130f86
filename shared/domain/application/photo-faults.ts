/**
 * What is wrong with a photo of a paper, told before it goes: it is looked at on the phone, and no copy leaves the
 * phone for it. Told, never enforced: whoever took it may send it as it is.
 */
export type PhotoFault = 'dark' | 'glare' | 'blurred' | 'cut-off'

/** As a canvas answers it: red, green, blue, opacity of each pixel, 0 to 255, row by row. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: ArrayLike<number>
}

/** Pixels of the longer side that is looked at: the smallest print is still told from its ground. */
export const LOOKED_AT = 800

/** Luma of paper under which print can't be told from it on a phone's screen. */
const DARK = 88
const SHARP = 0.42
/** Part of the frame. */
const GLARE = 0.006

/** Called for each pixel: an old phone looks up a name of the module sooner than a global one. */
const { abs, floor, max, min } = Math

interface Grey {
  readonly width: number
  readonly height: number
  /** Luma, 0 to 255. */
  readonly luma: Uint8Array
}

/** 256 times the luma of a pixel; what is clear is white. */
function lumaOf(data: Pixels['data'], at: number): number {
  const drawn = 77 * (data[at] ?? 0) + 150 * (data[at + 1] ?? 0) + 29 * (data[at + 2] ?? 0)
  const opacity = data[at + 3] ?? 255
  return opacity === 255 ? drawn : (drawn * opacity) / 255 + 256 * (255 - opacity)
}

/** Brought down by whole steps, each pixel the mean of what it covers, so that no grain looks like print. */
function greyOf({ width, height, data }: Pixels): Grey {
  const step = max(1, floor(max(width, height) / LOOKED_AT))
  const [wide, high] = [floor(width / step), floor(height / step)]
  const luma = new Uint8Array(wide * high)
  const share = 1 / (256 * step * step)
  for (let y = 0; y < high; y += 1)
    for (let x = 0; x < wide; x += 1) {
      let sum = 0
      for (let row = 0; row < step; row += 1) {
        let at = ((y * step + row) * width + x * step) * 4
        for (let column = 0; column < step; column += 1, at += 4) sum += lumaOf(data, at)
      }
      luma[y * wide + x] = sum * share
    }
  return { width: wide, height: high, luma }
}

/** The level under which `part` of the pixels lie. */
function levelAt({ luma }: Grey, part: number): number {
  const counts = new Uint32Array(256)
  for (const level of luma) counts[level] = (counts[level] ?? 0) + 1
  let left = luma.length * part
  return counts.findIndex((count) => {
    left -= count
    return left <= 0
  })
}

const TILE = 16

interface Edges {
  /** Luma between the darkest and the lightest. */
  readonly range: number
  /** The largest leap of luma between two neighbours. */
  readonly across: number
  readonly down: number
}

function edgesIn({ width, luma }: Grey, left: number, top: number): Edges {
  let [low, peak, across, down] = [255, 0, 0, 0]
  for (let nth = 0; nth < TILE * TILE; nth += 1) {
    const at = (top + (nth >> 4)) * width + left + (nth & 15)
    const here = luma[at] ?? 0
    low = min(low, here)
    peak = max(peak, here)
    across = max(across, abs((luma[at + 1] ?? here) - here))
    down = max(down, abs((luma[at + width] ?? here) - here))
  }
  return { range: peak - low, across, down }
}

/** Luma between which print is told from its ground: `least` surely, `faint` where it is pale and no grain of a sensor. */
const printOf = (white: number) => ({ least: max(18, 0.18 * white), faint: max(28, 0.12 * white) })
/** Tiles under which it is no text. */
const A_FEW = 6

/**
 * How much of an edge lies between two neighbouring pixels, across and down: 0.5 and more where print is sharp, less
 * the wider an edge is smeared. The lower of both, since a hand shakes one way. 0 where nothing stands out from its
 * ground, which no shop, no face and no seal is like.
 */
function sharpnessOf(grey: Grey, white: number): number {
  const { least, faint } = printOf(white)
  const seen: Edges[] = []
  for (let top = 0; top + TILE < grey.height; top += TILE)
    for (let left = 0; left + TILE < grey.width; left += TILE) {
      const edges = edgesIn(grey, left, top)
      if (edges.range >= min(least, faint)) seen.push(edges)
    }
  const clear = seen.filter(({ range }) => range >= least)
  const printed = clear.length < A_FEW ? seen.filter(({ range }) => range >= faint) : clear
  const high = (values: number[]) =>
    values.sort((one, other) => one - other)[floor(values.length * 0.85)] ?? 0
  return min(
    high(printed.map(({ across, range }) => across / range)),
    high(printed.map(({ down, range }) => down / range)),
  )
}

/** Luma from which nothing is left of what is printed there. */
const BURNT = 248
/** A step of luma, over the width of an edge, by which print or the rim of a paper is told from a soft fade. */
const STEP = 45
const EDGE = 3

/** All of it, but for what lies at the rim. */
const isBurntOut = (grey: Grey) => levelAt(grey, 0.1) >= BURNT

interface Burnt {
  /** Pixels. */
  readonly size: number
  /** Steps from it to what is not burnt, those of them that are no fade, and those out of the frame. */
  readonly rim: number
  readonly sharp: number
  readonly outside: number
}

/** -1 out of the frame. */
function besides({ width, luma }: Grey, at: number, step: number): number {
  const x = at % width
  const isOut = (step === -1 && x === 0) || (step === 1 && x === width - 1)
  return isOut || at + step >= luma.length ? -1 : at + step
}

/** From what is burnt out to `level` beside it, or to what lies a few pixels `beyond`. */
const isLeap = (level: number, beyond = level) => BURNT - min(level, beyond) > STEP

/** What is burnt out around `start`, in one piece. */
function burntFrom(grey: Grey, start: number, seen: Uint8Array, queue: Int32Array): Burnt {
  const { width, luma } = grey
  const steps = [-1, 1, -width, width]
  let [size, rim, sharp, outside] = [1, 0, 0, 0]
  queue[0] = start
  seen[start] = 1
  for (let first = 0; first < size; first += 1) {
    const at = queue[first] ?? 0
    for (const step of steps) {
      const next = besides(grey, at, step)
      const level = luma[next]
      if (level === undefined) outside += 1
      else if (level < BURNT) {
        rim += 1
        sharp += Number(isLeap(level, luma[at + step * EDGE]))
      } else if (!seen[next]) {
        seen[next] = 1
        queue[size] = next
        size += 1
      }
    }
  }
  return { size, rim, sharp, outside }
}

/**
 * The largest part of the frame, 0 to 1, that is burnt out and fades softly: a lamp's reflection. White paper in bright
 * light is burnt out too, but ends at its rim and at its print, which are sharp.
 */
function glareOf(grey: Grey): number {
  const { width, height, luma } = grey
  const seen = new Uint8Array(luma.length)
  const queue = new Int32Array(luma.length)
  let largest = 0
  for (let start = 0; start < luma.length; start += 1) {
    if (seen[start] || (luma[start] ?? 0) < BURNT) continue
    const { size, rim, sharp, outside } = burntFrom(grey, start, seen, queue)
    // Along a whole side it is the window's light.
    if (sharp < rim * 0.4 && outside < min(width, height) / 2) largest = max(largest, size)
  }
  return largest / luma.length
}

/** Part of the level by which two tiles of one paper differ at most; more is a rim, a shadow or another thing. */
const SAME_LEVEL = 0.1
/** How far the light may fall off or grow from the middle of a paper to its rim. */
const LIGHT = { least: 0.6, most: 1.5 }
const SAME_COLOUR = 0.07

interface Tiles {
  readonly wide: number
  readonly high: number
  /** Luma of the ground on which a tile's print stands. */
  readonly level: Float32Array
  /** (red - green) / level: skin and wood are redder than paper, whatever the lamp. */
  readonly colour: Float32Array
  /** Luma between the darkest and the lightest. */
  readonly range: Float32Array
}

function meanOf({ width, luma }: Grey, left: number, top: number): number {
  let sum = 0
  for (let nth = 0; nth < TILE * TILE; nth += 1)
    sum += luma[(top + (nth >> 4)) * width + left + (nth & 15)] ?? 0
  return sum / (TILE * TILE)
}

/** Level and colour of what is lighter than the mean: of the ground, not of the print on it. */
function groundOf(pixels: Pixels, { width, luma }: Grey, left: number, top: number, mean: number) {
  const step = pixels.width / width
  let [sum, count, red, green] = [0, 0, 0, 0]
  for (let nth = 0; nth < TILE * TILE; nth += 2) {
    const [x, y] = [left + (nth & 15), top + (nth >> 4)]
    const here = luma[y * width + x] ?? 0
    if (here < mean) continue
    const at = (floor(y * step) * pixels.width + floor(x * step)) * 4
    sum += here
    red += pixels.data[at] ?? 0
    green += pixels.data[at + 1] ?? 0
    count += 1
  }
  return { level: sum / max(1, count), colour: (red - green) / max(1, sum) }
}

function tilesOf(pixels: Pixels, grey: Grey): Tiles {
  const [wide, high] = [floor(grey.width / TILE), floor(grey.height / TILE)]
  const empty = () => new Float32Array(wide * high)
  const tiles: Tiles = { wide, high, level: empty(), colour: empty(), range: empty() }
  for (let tile = 0; tile < wide * high; tile += 1) {
    const [left, top] = [(tile % wide) * TILE, floor(tile / wide) * TILE]
    const { level, colour } = groundOf(pixels, grey, left, top, meanOf(grey, left, top))
    tiles.level[tile] = level
    tiles.colour[tile] = colour
    tiles.range[tile] = edgesIn(grey, left, top).range
  }
  return tiles
}

const middleOf = ({ wide, high }: Tiles): readonly number[] => {
  const tiles: number[] = []
  for (let y = floor(high * 0.4); y <= high * 0.6; y += 1)
    for (let x = floor(wide * 0.4); x <= wide * 0.6; x += 1) tiles.push(y * wide + x)
  return tiles
}

const median = (values: readonly number[]) =>
  [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0

/** The tiles that belong to what lies in the frame's middle: from tile to tile without a leap. */
function paperOf(tiles: Tiles): Uint8Array {
  const { wide, high, level, colour } = tiles
  const queue = [...middleOf(tiles)]
  const usual = {
    level: median(queue.map((at) => level[at] ?? 0)),
    colour: median(queue.map((at) => colour[at] ?? 0)),
  }
  const paper = new Uint8Array(wide * high)
  for (const at of queue) paper[at] = 1
  const belongs = (at: number, next: number) => {
    const [one, other] = [level[at] ?? 0, level[next] ?? 0]
    return (
      abs(one - other) <= SAME_LEVEL * max(one, other) &&
      abs((colour[next] ?? 0) - usual.colour) <= SAME_COLOUR &&
      other >= usual.level * LIGHT.least &&
      other <= usual.level * LIGHT.most
    )
  }
  for (let nth = 0; nth < queue.length; nth += 1) {
    const at = queue[nth] ?? 0
    const x = at % wide
    for (const next of [x > 0 ? at - 1 : -1, x < wide - 1 ? at + 1 : -1, at - wide, at + wide]) {
      if (next < 0 || next >= paper.length || paper[next] || !belongs(at, next)) continue
      paper[next] = 1
      queue.push(next)
    }
  }
  return paper
}

/**
 * Whether a paper goes on beyond the frame: it reaches the frame's rim while what it lies on is seen too, or its print
 * runs to one side and not to the other. `white` is the luma of paper in this light.
 */
function isCutOff({ wide, high, range }: Tiles, paper: Uint8Array, white: number): boolean {
  const row = (y: number) => Array.from({ length: wide }, (_, x) => y * wide + x)
  const column = (x: number) => Array.from({ length: high }, (_, y) => y * wide + x)
  const part = (side: readonly number[], has: (tile: number) => boolean) =>
    side.filter(has).length / side.length
  const sides = [row(0), row(high - 1), column(0), column(wide - 1)].map((side) => ({
    length: side.length,
    paper: part(side, (tile) => paper[tile] === 1),
    print: part(side, (tile) => (range[tile] ?? 0) > 0.35 * white),
  }))
  const round = sides.reduce((sum, { length }) => sum + length, 0)
  const reached = sides.reduce((sum, side) => sum + side.paper * side.length, 0) / round
  // A table half in shadow reaches three sides too, but nothing is printed on it.
  const runsOver = sides.filter((side) => side.paper >= 0.2)
  if (reached < 0.82)
    return runsOver.length < 3 ? runsOver.length > 0 : runsOver.some(({ print }) => print >= 0.1)
  return sides.some(
    (side, nth) => side.paper >= 0.8 && side.print >= 0.1 && (sides[nth ^ 1]?.print ?? 1) < 0.04,
  )
}

/** Pixels of the longer side under which nothing can be said of what is printed. */
const LEAST_SEEN = 320

/** Each fault there is, the one to mend first at the head. Pure; 20 ms for a photo of LOOKED_AT pixels. */
export function faultsOfPhoto(pixels: Pixels): readonly PhotoFault[] {
  if (max(pixels.width, pixels.height) < LEAST_SEEN) return []
  const grey = greyOf(pixels)
  const white = levelAt(grey, 0.95)
  const tiles = tilesOf(pixels, grey)
  const paper = paperOf(tiles)
  const usual = median([...tiles.level].filter((_, tile) => paper[tile] === 1))
  const faults: PhotoFault[] = []
  if (white < DARK) faults.push('dark')
  const sharpness = sharpnessOf(grey, white)
  // What is smeared, or so bright all over, is also soft where it is burnt out.
  if (sharpness < SHARP) faults.push(isBurntOut(grey) ? 'glare' : 'blurred')
  else if (usual < BURNT - 5 && glareOf(grey) > GLARE) faults.push('glare')
  if (isCutOff(tiles, paper, white)) faults.push('cut-off')
  return faults
}

/** Of a photo that was asked for as such, a portrait or a machine, nothing is to be read. */
export const isReadFrom = (paper: string): boolean => !/照片|彩照/.test(paper)

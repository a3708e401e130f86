import type { DocumentWords } from '#shared/contract/document.labels'
import type { Picture } from '../../../platform/platform'

const WIDTH = 1080
const MARGIN = 120
const LEADING = 1.9
const SERIF = '"Songti SC", STSong, "Noto Serif CJK SC", serif'
const RED = '#b8352a'
const INK = '#1f1d1a'
const FAINT = '#6d675e'

interface Line {
  readonly text: string
  readonly x: number
  /** Of its base line. */
  readonly y: number
  readonly size: number
  readonly align: 'left' | 'center' | 'right'
  readonly color: string
  readonly bold?: boolean
}

export interface DocumentLayout {
  readonly height: number
  readonly lines: readonly Line[]
  readonly seal: { readonly organ: string; readonly x: number; readonly y: number } | null
}

/** Latin letters and figures take about half of what a Chinese character takes. */
const widthOf = (character: string) => (character.charCodeAt(0) < 0x2e80 ? 0.56 : 1)

/** Never at the beginning of a line. */
const CLOSING = '，。、；：）”》'

/** Broken by characters, as Chinese is set. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  let taken = 0
  for (const character of text) {
    const width = widthOf(character)
    if (taken + width > columns && !CLOSING.includes(character)) {
      lines.push(line)
      line = ''
      taken = 0
    }
    line += character
    taken += width
  }
  return line === '' ? lines : [...lines, line]
}

/**
 * Where every line of the paper stands; `mark` is the last one, where the people are invented, and what became of it since it was
 * issued the first: a picture is shown to others without the page around it.
 */
export function layoutDocument(
  words: DocumentWords,
  mark: string | null,
  became: string | null = null,
): DocumentLayout {
  const lines: Line[] = []
  let y = MARGIN + 40
  const columns = (size: number) => (WIDTH - MARGIN * 2) / size
  const put = (text: string, size: number, more: Partial<Line> = {}) => {
    y += size * LEADING
    const align = more.align ?? 'left'
    const x = { left: MARGIN, center: WIDTH / 2, right: WIDTH - MARGIN }[align]
    lines.push({ text, x, y, size, align, color: INK, ...more })
  }
  for (const line of wrapped(became ?? '', columns(40)))
    put(line, 40, { align: 'center', bold: true, color: RED })
  for (const line of wrapped(words.title, columns(64))) put(line, 64, { align: 'center', bold: true })
  if (words.number !== null) put(words.number, 32, { align: 'center', color: FAINT })
  y += 40
  if (words.recipient !== null) for (const line of wrapped(`${words.recipient}：`, columns(44))) put(line, 44)
  for (const paragraph of words.paragraphs)
    for (const line of wrapped(`　　${paragraph}`, columns(44))) put(line, 44)
  y += 60
  for (const line of wrapped(words.organ, columns(44))) put(line, 44, { align: 'right' })
  put(words.day, 44, { align: 'right' })
  const seal = mark === null ? null : { organ: words.organ, x: WIDTH - MARGIN - 130, y: y - 50 }
  y += 120
  if (mark !== null) put(mark, 30, { align: 'center', color: FAINT })
  return { height: Math.round(y + MARGIN), lines, seal }
}

const font = (size: number, bold = false) => `${bold ? 'bold ' : ''}${size}px ${SERIF}`

type Context = CanvasRenderingContext2D

function drawFrame(context: Context, height: number) {
  context.fillStyle = '#fffdf8'
  context.fillRect(0, 0, WIDTH, height)
  context.strokeStyle = '#d9cbb0'
  context.lineWidth = 3
  context.strokeRect(40, 40, WIDTH - 80, height - 80)
  context.strokeStyle = '#f1e9d8'
  context.lineWidth = 8
  context.strokeRect(52, 52, WIDTH - 104, height - 104)
}

function drawStar(context: Context, radius: number) {
  context.beginPath()
  for (let corner = 0; corner < 10; corner += 1) {
    const angle = (corner * Math.PI) / 5 - Math.PI / 2
    const reach = corner % 2 === 0 ? radius : radius * 0.4
    context.lineTo(Math.cos(angle) * reach, Math.sin(angle) * reach)
  }
  context.closePath()
  context.fill()
}

function drawSeal(context: Context, { organ, x, y }: NonNullable<DocumentLayout['seal']>) {
  const radius = 140
  context.save()
  context.globalAlpha = 0.86
  context.translate(x, y)
  context.rotate(-0.1)
  context.strokeStyle = RED
  context.fillStyle = RED
  context.lineWidth = 7
  context.beginPath()
  context.arc(0, 0, radius, 0, Math.PI * 2)
  context.stroke()
  drawStar(context, 46)
  context.textAlign = 'center'
  context.font = font(26)
  context.fillText('示例印章', 0, 92)
  const characters = [...organ]
  context.font = font(characters.length > 12 ? 26 : 32, true)
  const step = Math.min(0.42, 3.9 / characters.length)
  characters.forEach((character, at) => {
    context.save()
    context.rotate((at - (characters.length - 1) / 2) * step)
    context.fillText(character, 0, -radius + 44)
    context.restore()
  })
  context.restore()
}

/**
 * The paper as a picture to keep. Drawn by the phone, which has the letters; a server has none for Chinese. The seal stands
 * on papers of invented people alone, as on the page.
 */
export function decisionPicture(
  name: string,
  words: DocumentWords,
  mark: string | null,
  became: string | null,
): Picture {
  const { height, lines, seal } = layoutDocument(words, mark, became)
  return {
    name,
    width: WIDTH,
    height,
    draw(context) {
      drawFrame(context, height)
      for (const { text, x, y, size, align, color, bold } of lines) {
        context.textAlign = align
        context.fillStyle = color
        context.font = font(size, bold)
        context.fillText(text, x, y)
      }
      if (seal) drawSeal(context, seal)
    },
  }
}

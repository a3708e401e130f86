import type { Picture } from '../../../platform/platform'
import { wrapped } from './decision-picture'
import type { OnePage } from './one-page-words'

const WIDTH = 1080
const MARGIN = 72
const INK = '#1f1d1a'
const QUIET = '#57524a'
const SANS = '"PingFang SC", "Noto Sans CJK SC", sans-serif'
const HISTORY_SHOWN = 8

interface Line {
  readonly text: string
  /** Of its base line; a rule is drawn there where there are no words. */
  readonly y: number
  readonly size: number
  readonly color: string
  readonly bold: boolean
}

/** Where every line stands; letters of 60 pixels and more fill a phone. */
export function layoutOnePage(page: OnePage, mark: string | null) {
  const lines: Line[] = []
  let y = MARGIN
  const put = (text: string, size: number, color = INK, bold = false) => {
    for (const each of wrapped(text, (WIDTH - MARGIN * 2) / size)) {
      y += size * 1.4
      lines.push({ text: each, y, size, color, bold })
    }
  }
  const rule = () => {
    y += 36
    lines.push({ text: '', y, size: 0, color: INK, bold: false })
  }
  put(page.name, 96, INK, true)
  put(page.whose, 60, QUIET)
  for (const { key, value, note } of page.rows) {
    rule()
    put(key, 54, QUIET)
    put(value, 76, INK, true)
    if (note !== undefined) put(note, 56)
  }
  rule()
  put('走到这里', 54, QUIET)
  for (const each of page.history.slice(0, HISTORY_SHOWN)) put(each, 50)
  rule()
  put(`办件编号 ${page.number}`, 48)
  put(`${page.asOf} 的情况，最新的看手机`, 48, QUIET)
  if (mark !== null) put(mark, 40, QUIET)
  return { height: Math.round(y + MARGIN), lines }
}

export function onePagePicture(page: OnePage, mark: string | null): Picture {
  const { height, lines } = layoutOnePage(page, mark)
  return {
    name: `${page.name}一页纸`,
    width: WIDTH,
    height,
    draw(context) {
      context.fillStyle = '#fff'
      context.fillRect(0, 0, WIDTH, height)
      context.textAlign = 'left'
      for (const { text, y, size, color, bold } of lines) {
        context.fillStyle = color
        if (text === '') context.fillRect(MARGIN, y, WIDTH - MARGIN * 2, 4)
        else {
          context.font = `${bold ? 'bold ' : ''}${size}px ${SANS}`
          context.fillText(text, MARGIN, y)
        }
      }
    },
  }
}

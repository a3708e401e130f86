import type { OpenWindow } from '#shared/contract/service-item'
import { shortDayWords } from '../../../ui/words/dates'

const monthDay = (text: string) => `${Number(text.slice(0, 2))}月${Number(text.slice(3))}日`

export const windowWords = ({ from, to }: OpenWindow) => `每年 ${monthDay(from)} 到 ${monthDay(to)} 办`

/** When it opens, of an item that is closed. */
export const closedWords = (window: OpenWindow) => {
  const next = window.nextOpensOn
  return `${windowWords(window)}，现在还不能。${next === null ? '' : `下一次 ${shortDayWords(next)} 开始。`}`
}

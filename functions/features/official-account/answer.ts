import { search } from '#shared/domain/service-item/search'
import { phoneOf, type Reference } from '../service-item'

/** What somebody says to the official account, or that they follow it; a push of WeChat in the adapter's shape fits. */
interface Said {
  readonly messageType: string
  readonly event: string | null
  readonly content: string | null
}

const NAMED = 3
/** Asks how far something is: only who has logged in may read that. */
const PROGRESS = /进度|办到哪|办好了?[吗没]|\d{12,}/

function itemsFor(words: string, reference: Reference): string {
  const items = search(reference.searchIndex, words)
    .slice(0, NAMED)
    .flatMap(({ id }) => reference.latest(id)?.item ?? [])
  const [first] = items
  if (first === undefined) return '没找到这件事。换个说法再发一次，或者点下面“便民 - 找要办的事”'
  const names = items.map(({ plainName }) => `· ${plainName}`)
  return [
    `是不是要办：`,
    ...names,
    `要什么、怎么办，点下面“我要办事”。问人打 ${phoneOf(first, reference)}`,
  ].join('\n')
}

/**
 * What the county's official account answers at once; undefined where nothing is said. It knows nobody: whoever asks for
 * their own is led to the mini program.
 */
export function answerTo({ messageType, event, content }: Said, reference: Reference): string | undefined {
  const { hotline } = reference.fact<{ hotline: string }>('sponsor')
  const orCall = `。急的打 ${hotline}`
  if (event === 'subscribe')
    return `你好，这里能办${reference.fact<{ region: { name: string } }>('county').region.name}的事。点下面“我要办事”，或者发一句要办的，比如“老年钱”${orCall}`
  if (messageType === 'event') return undefined
  const words = content?.trim() ?? ''
  if (words === '') return `用文字说一句要办的事，比如“老年钱”${orCall}`
  if (PROGRESS.test(words)) return `办到哪了，点下面“我的办件”，登录了只有你看得到${orCall}`
  return itemsFor(words, reference) + orCall
}

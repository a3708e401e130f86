// What is typed for a field before it is there: a question on a page that is still on its way.
import type { Platform } from '../platform'

interface Waiting {
  readonly id: string
  readonly box: HTMLTextAreaElement
  /** What the field may show when it comes and the box knows of: what stood there, and all that was kept since. */
  readonly known: string[]
  isComposing: boolean
}

let waiting: Waiting | undefined

/** Letters are for the field within the element `id` from now on, and none is a key of the page. */
export const waitFor: Platform['awaitField'] = (id, words, keep) => {
  const before = waiting
  // Asked for once more by the page itself: an input method would lose what it proposes.
  if (before?.id === id && document.activeElement === before.box) return () => forget(before)
  forgetWaiting()
  const box = document.createElement('textarea')
  box.className = 'reader-only'
  box.setAttribute('aria-label', '正在打开')
  box.value = words
  const self: Waiting = { id, box, known: [words], isComposing: false }
  const keepAll = () => {
    // What an input method proposes is not written yet.
    if (self.isComposing) return
    self.known.push(box.value)
    keep(box.value)
  }
  box.addEventListener('input', keepAll)
  box.addEventListener('compositionstart', () => {
    self.isComposing = true
  })
  box.addEventListener('compositionend', () => {
    self.isComposing = false
    keepAll()
  })
  document.body.append(box)
  box.focus({ preventScroll: true })
  waiting = self
  return () => forget(self)
}

function forget(self: Waiting) {
  if (waiting === self) forgetWaiting()
}

/** An input method proposes something for it: taken away now, it would be lost. */
export const isComposedFor = (id: string) => waiting?.id === id && waiting.isComposing

/** Nothing waits for it any more: what was typed, and whether one has gone elsewhere meanwhile. */
function takeFor(id: string) {
  if (waiting?.id !== id) return undefined
  const { box, known } = waiting
  waiting = undefined
  const taken = { words: box.value, known, isLeft: document.activeElement !== box }
  box.remove()
  return taken
}

/** The field will not come. */
export const forgetField = (id: string) => void takeFor(id)

/** No field will come; what was typed is kept. */
export function forgetWaiting() {
  if (waiting) takeFor(waiting.id)
}

/** What the field is to show: what was typed stands behind what somebody else has put there meanwhile. */
function joined(
  stands: string,
  { words, known }: { readonly words: string; readonly known: readonly string[] },
) {
  if (known.includes(stands)) return words
  const [before = ''] = known
  return stands + (words.startsWith(before) ? words.slice(before.length) : words)
}

/** Into the field. False where whoever typed has left it meanwhile. */
export function handOver(id: string, field: HTMLTextAreaElement) {
  const taken = takeFor(id)
  if (!taken) return true
  const words = joined(field.value, taken)
  if (words !== field.value) {
    field.value = words
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  return !taken.isLeft
}

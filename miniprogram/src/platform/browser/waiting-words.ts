// What is typed for a field before it is there: a question on a page that is still on its way.

interface Waiting {
  readonly id: string
  readonly box: HTMLTextAreaElement
  isComposing: boolean
}

let waiting: Waiting | undefined

/** Letters are for the field within the element `id` from now on, and none is a key of the page. */
export function awaitField(id: string) {
  waiting?.box.remove()
  const box = document.createElement('textarea')
  box.className = 'reader-only'
  box.setAttribute('aria-label', '正在打开')
  const self: Waiting = { id, box, isComposing: false }
  box.addEventListener('compositionstart', () => {
    self.isComposing = true
  })
  box.addEventListener('compositionend', () => {
    self.isComposing = false
  })
  document.body.append(box)
  box.focus({ preventScroll: true })
  waiting = self
}

/** An input method proposes something for it: taken away now, it would be lost. */
export const isComposedFor = (id: string) => waiting?.id === id && waiting.isComposing

/** Nothing waits for it any more: what was typed, and whether one has gone elsewhere meanwhile. */
function takeFor(id: string) {
  if (waiting?.id !== id) return undefined
  const { box } = waiting
  waiting = undefined
  const taken = { words: box.value, isLeft: document.activeElement !== box }
  box.remove()
  return taken
}

/** The field will not come. */
export const forgetField = (id: string) => void takeFor(id)

/** Into the field, behind what stands there. False where whoever typed has left it meanwhile. */
export function handOver(id: string, field: HTMLTextAreaElement) {
  const taken = takeFor(id)
  if (!taken) return true
  if (taken.words !== '') {
    field.value += taken.words
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  return !taken.isLeft
}

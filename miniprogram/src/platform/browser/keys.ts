// Who gets a key: the layer in front and nobody else, once for each stroke.
import type { Platform } from '../platform'
import { isEarly, noteUnheard } from './early-keys'
import { moveByArrow } from './radios'
import { forgetField, forgetWaiting, handOver, isComposedFor, waitFor } from './waiting-words'

/** What has just opened is not yet what one looks at: a key in this time was meant for what lay under it. */
const UNREAD_MS = 300

/** A worn key strikes again by itself so soon; a finger needs longer. */
const BOUNCE_MS = 100

/** Keys that are down, by `KeyboardEvent.code`, and of these the ones whose stroke has done something here. */
const down = new Set<string>()
const spent = new Set<string>()
/** When a stroke that did something was made, or was over, by the key's code. */
const acted = new Map<string, number>()

export function spend(event: KeyboardEvent) {
  event.preventDefault()
  spent.add(event.code)
  acted.set(event.code, event.timeStamp)
}

/** Nobody else gets it. */
function take(event: KeyboardEvent) {
  spend(event)
  event.stopImmediatePropagation()
}

function swallow(event: KeyboardEvent) {
  event.preventDefault()
  event.stopImmediatePropagation()
}

const FIELDS = 'input, textarea, select'

const isTyping = ({ target, isComposing }: KeyboardEvent) =>
  isComposing || (target instanceof HTMLElement && target.closest(FIELDS) !== null)

const isChord = ({ ctrlKey, metaKey, altKey }: KeyboardEvent) => ctrlKey || metaKey || altKey

/** The key that has opened a field writes no letter of its own into it. */
const isBounce = (event: KeyboardEvent) =>
  event.key.length === 1 &&
  isTyping(event) &&
  !isChord(event) &&
  event.timeStamp - (acted.get(event.code) ?? Number.NEGATIVE_INFINITY) < BOUNCE_MS

/** A key held down acts once: it neither closes the next layer nor types into the field that it has opened. */
function onDown(event: Event) {
  // Taro's fields tell of a stroke once more, by an event of the same name that no release follows.
  if (!(event instanceof KeyboardEvent)) return
  down.add(event.code)
  if (!event.repeat && isBounce(event)) {
    acted.set(event.code, event.timeStamp)
    swallow(event)
  } else if (!event.repeat) spent.delete(event.code)
  else if (spent.has(event.code)) swallow(event)
}

function onUp({ code, timeStamp }: KeyboardEvent) {
  down.delete(code)
  if (spent.delete(code)) acted.set(code, timeStamp)
}

function onLost() {
  down.clear()
  spent.clear()
}

/** Taro's elements take no keys by themselves; whatever can be tapped answers Enter and Space too. */
function pressByKey(event: KeyboardEvent) {
  const { target } = event
  if (!event.repeat && moveByArrow(event)) return spend(event)
  if (!(target instanceof HTMLElement) || (event.key !== 'Enter' && event.key !== ' ')) return
  if (!target.tagName.startsWith('TARO-') || !target.hasAttribute('role')) return
  // A key held down answers no question that it has opened.
  if (event.repeat) return event.preventDefault()
  spend(event)
  // A picker listens inside of itself.
  const inner = target.tagName === 'TARO-PICKER-CORE' ? target.firstElementChild : target
  if (inner instanceof HTMLElement) inner.click()
}

/** The question whose field is to have the keyboard, until somebody leaves it. */
let fieldAskedFor: string | null = null

/** Out of the field and keeping what was written, so that the keys of the desk work again. */
function leaveField(event: KeyboardEvent) {
  const { key, target, isComposing } = event
  if (key !== 'Escape' || isComposing || held.length > 0) return
  if (!(target instanceof HTMLElement) || !target.matches(FIELDS)) return
  spend(event)
  event.stopImmediatePropagation()
  fieldAskedFor = null
  target.blur()
}

const nameOf = ({ key, shiftKey }: KeyboardEvent) =>
  /^[a-z]$/i.test(key) ? `${shiftKey ? 'shift+' : ''}${key.toLowerCase()}` : key

const isDialogOpen = () => document.querySelector('[role=dialog]') !== null

/** A key of the page in front, as far as nobody has taken it. */
const isForPage = (event: KeyboardEvent) =>
  !event.defaultPrevented &&
  !event.repeat &&
  !isChord(event) &&
  !isTyping(event) &&
  held.length === 0 &&
  !isDialogOpen()

export const watchKeys: Platform['watchKeys'] = (listener) => {
  const onKey = (event: KeyboardEvent) => {
    if (!isForPage(event) || isEarly(event)) return
    if (listener(nameOf(event))) spend(event)
  }
  document.addEventListener('keydown', onKey)
  return () => document.removeEventListener('keydown', onKey)
}

const TARO_FIELDS = 'taro-textarea-core, taro-input-core'

/** A phrase is a help to write with: the field that it goes into is the question. */
const QUESTIONS = `${TARO_FIELDS}, taro-picker-core, [role=radio][tabindex="0"], [role=checkbox]:not(.reason-chip)`

/**
 * What one came to a dialog for: its paper where it says so, else its first question, else its first action. Before a wheel
 * it is the dialog itself: a reader says its name, and no Enter opens what nobody has heard of.
 */
function firstOf(dialog: HTMLElement | null): HTMLElement | null | undefined {
  const first = ['.sheet__start', QUESTIONS, '.sheet__actions [tabindex]', '[tabindex]']
    .map((selector) =>
      [...(dialog?.querySelectorAll<HTMLElement>(selector) ?? [])].find(
        // Where nothing has to be written, Enter confirms at once.
        (each) => !each.closest('.field')?.querySelector('.field__optional'),
      ),
    )
    .find(Boolean)
  if (first?.matches('taro-picker-core')) return dialog
  // Taro draws what one writes in a little later than what stands around it.
  return first?.matches(TARO_FIELDS) ? first.querySelector<HTMLElement>(FIELDS) : first
}

/** From within a field too, where Enter alone begins a line. */
function confirmBy(event: KeyboardEvent, dialog: HTMLElement | null) {
  if (event.repeat) return swallow(event)
  take(event)
  dialog?.querySelector<HTMLElement>('.sheet__actions .button--primary')?.click()
}

const isConfirming = ({ key, ctrlKey, metaKey }: KeyboardEvent) => key === 'Enter' && (ctrlKey || metaKey)

const WHEELS = '.weui-picker__overlay'

/** Taro's elements hide until they are ready, and what hides loses the keyboard. */
const FRAMES_UNTIL_READY = 20

function takeKeyboard(dialog: HTMLElement | null, frames = FRAMES_UNTIL_READY) {
  if (!dialog?.isConnected || frames === 0) return
  const { activeElement } = document
  // A wheel is drawn outside of the dialog that it was opened from, and keeps the keyboard.
  const isThere = dialog.contains(activeElement) || activeElement?.closest(WHEELS)
  // A paper is read from its beginning, though its button stands at the end.
  if (!isThere) firstOf(dialog)?.focus({ preventScroll: true })
  requestAnimationFrame(() => takeKeyboard(dialog, frames - 1))
}

/** Where the keyboard goes: the field of a question, or what is there to be read itself. */
const placeIn = (question: HTMLElement | null) =>
  question?.matches('[tabindex]') ? question : question?.querySelector<HTMLElement>(FIELDS)

function keepInField(id: string, frames: number) {
  if (fieldAskedFor !== id) return
  if (frames === 0) return forgetField(id)
  if (isDialogOpen()) return
  const { activeElement, body } = document
  const question = document.getElementById(id)
  const field = placeIn(question)
  if (field && isComposedFor(id)) return void requestAnimationFrame(() => keepInField(id, frames))
  if (field instanceof HTMLTextAreaElement && !handOver(id, field)) return
  // Unless one has gone elsewhere meanwhile.
  if (frames === FRAMES_UNTIL_READY || activeElement === body) field?.focus({ preventScroll: true })
  if (field && field !== question && activeElement === field)
    for (const part of [question, field]) part?.scrollIntoView({ block: 'nearest' })
  requestAnimationFrame(() => keepInField(id, frames - 1))
}

// Not under the key that asked for it, whose letter would be written into the field.
export const focusField: Platform['focusField'] = (id) => {
  fieldAskedFor = id
  requestAnimationFrame(() => keepInField(id, FRAMES_UNTIL_READY))
}

export const awaitField: Platform['awaitField'] = (id, words, keep) => {
  fieldAskedFor = id
  return waitFor(id, words, keep)
}

/** The open dialogs, the one in front last: keys are for it alone. */
const held: symbol[] = []

const MOVES = ['Tab', 'Shift', 'Control', 'Alt', 'Meta']

export const holdDialog: Platform['holdDialog'] = (id, onClose, onKey) => {
  const self = Symbol(id)
  held.push(self)
  let heardFrom = Date.now() + UNREAD_MS
  const before = document.activeElement
  const dialog = document.getElementById(id)
  if (dialog) dialog.tabIndex = -1
  /** Whoever moves about in it, or writes into it, has seen it. */
  const see = () => {
    heardFrom = 0
  }
  /** Where keys do the work, a click does not keep Enter for what was clicked. */
  const regain = ({ detail }: MouseEvent) => {
    if (detail > 0) firstOf(dialog)?.focus({ preventScroll: true })
  }
  const reachable = () => [
    ...(dialog?.querySelectorAll<HTMLElement>('[tabindex="0"], input, textarea') ?? []),
  ]
  const keepInside = (event: KeyboardEvent) => {
    const all = reachable()
    const { activeElement } = document
    const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]]
    // Behind a dialog nothing can be reached; from its name one comes to what it asks before the way out.
    if (dialog?.contains(activeElement) && activeElement !== from && activeElement !== dialog) return
    event.preventDefault()
    const asked = all.find((each) => !each.closest('.sheet__head'))
    ;(activeElement === dialog && !event.shiftKey ? (asked ?? to) : to)?.focus()
  }
  const onOtherKey = (event: KeyboardEvent) => {
    const isConfirmed = isConfirming(event)
    if (!isConfirmed && (isChord(event) || MOVES.includes(event.key))) return
    // What is typed into a field stands there to be read, and does nothing.
    const isLetter = event.key.length === 1 && isTyping(event)
    if (Date.now() < heardFrom && !isLetter) return swallow(event)
    if (isConfirmed) return confirmBy(event, dialog)
    if (!event.repeat && !isTyping(event) && onKey?.(nameOf(event))) take(event)
  }
  const onDialogKey = (event: Event) => {
    // Taro's fields tell of a stroke once more; while an input method composes, Escape takes back what it proposes.
    if (held.at(-1) !== self || !(event instanceof KeyboardEvent) || event.isComposing) return
    if (event.key === 'Tab') {
      see()
      return keepInside(event)
    }
    if (event.key === 'Escape') {
      // The dialog is gone before the key comes to the page behind it, or to the dialog below.
      take(event)
      return onClose()
    }
    onOtherKey(event)
  }
  // On the way down: Taro's fields keep their keys to themselves.
  document.addEventListener('keydown', onDialogKey, true)
  dialog?.addEventListener('input', see)
  if (onKey) dialog?.addEventListener('click', regain, true)
  takeKeyboard(dialog)
  return () => {
    document.removeEventListener('keydown', onDialogKey, true)
    dialog?.removeEventListener('input', see)
    dialog?.removeEventListener('click', regain, true)
    held.splice(held.indexOf(self), 1)
    if (before instanceof HTMLElement) before.focus()
  }
}

export const whenQuiet: Platform['whenQuiet'] = (milliseconds, act) => {
  let timer: ReturnType<typeof setTimeout>
  const isBusy = () => {
    const { activeElement } = document
    return down.size > 0 || held.length > 0 || isDialogOpen() || activeElement?.matches(FIELDS) === true
  }
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(() => (isBusy() ? wait() : act()), milliseconds)
  }
  const events = ['keydown', 'keyup', 'pointerdown', 'wheel'] as const
  for (const event of events) window.addEventListener(event, wait, { capture: true, passive: true })
  wait()
  return () => {
    clearTimeout(timer)
    for (const event of events) window.removeEventListener(event, wait, { capture: true })
  }
}

/** Once, when the app starts, before any layer listens. */
export function startKeys() {
  window.addEventListener('keydown', onDown, true)
  window.addEventListener('keyup', onUp, true)
  window.addEventListener('blur', onLost)
  // Whoever goes back waits for no field of the page that was coming.
  window.addEventListener('popstate', forgetWaiting)
  document.addEventListener('keydown', leaveField, true)
  document.addEventListener('keydown', pressByKey)
  // After every page.
  window.addEventListener('keydown', (event) => {
    if (isForPage(event)) noteUnheard(event)
  })
}

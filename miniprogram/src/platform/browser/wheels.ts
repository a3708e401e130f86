// The wheels that Taro draws for WeChat's pickers know fingers and mice only; here the keyboard turns them too.
import { spend } from './keys'

const ROW_HEIGHT = 34
/** Where the wheel's content stands when its first row is chosen, from Taro's picker. */
const FIRST_ROW_TOP = 102
const PAGE = 5

const WHEEL = 'taro-picker-group'
const wheelsIn = (overlay: Element) => [...overlay.querySelectorAll<HTMLElement>(WHEEL)]

const openOverlay = () =>
  [...document.querySelectorAll<HTMLElement>('.weui-picker__overlay')].find(
    ({ style }) => style.display !== 'none',
  )

/** From 0. */
function chosenRow(wheel: HTMLElement) {
  const content = wheel.querySelector<HTMLElement>('.weui-picker__content')
  const [, top = String(FIRST_ROW_TOP)] =
    /translate3d\(0px?, (-?[\d.]+)px/.exec(content?.style.transform ?? '') ?? []
  return Math.round((FIRST_ROW_TOP - Number(top)) / ROW_HEIGHT)
}

function say(wheel: HTMLElement) {
  const rows = wheel.querySelectorAll('.weui-picker__item')
  const row = chosenRow(wheel)
  wheel.setAttribute('aria-valuemax', String(rows.length - 1))
  wheel.setAttribute('aria-valuenow', String(row))
  wheel.setAttribute('aria-valuetext', rows[row]?.textContent ?? '')
}

/** As a mouse would drag it: the wheel listens to nothing else. */
function turn(wheel: HTMLElement, rows: number) {
  const last = wheel.querySelectorAll('.weui-picker__item').length - 1
  const row = chosenRow(wheel)
  const steps = Math.min(last, Math.max(0, row + rows)) - row
  if (steps === 0) return
  const drag = (type: string, clientY: number) =>
    wheel.dispatchEvent(new MouseEvent(type, { clientY, bubbles: true }))
  drag('mousedown', 0)
  drag('mousemove', -steps * ROW_HEIGHT)
  // The wheel draws what it was told before it is told more.
  requestAnimationFrame(() => {
    drag('mouseup', -steps * ROW_HEIGHT)
    requestAnimationFrame(() => {
      for (const each of wheelsIn(wheel.closest('.weui-picker__overlay') ?? wheel)) say(each)
    })
  })
}

const TURNS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  End: Number.MAX_SAFE_INTEGER,
  Home: -Number.MAX_SAFE_INTEGER,
}

const ENDS: Readonly<Record<string, 'first' | 'last'>> = { Escape: 'first', Enter: 'last' }

let returnTo: HTMLElement | undefined

function close(overlay: HTMLElement, button: 'first' | 'last') {
  const actions = overlay.querySelectorAll<HTMLElement>('.weui-picker__action')
  actions[button === 'first' ? 0 : actions.length - 1]?.click()
  returnTo?.focus()
  returnTo = undefined
}

function moveAlong(overlay: HTMLElement, by: number) {
  const wheels = wheelsIn(overlay)
  const at = wheels.indexOf(document.activeElement as HTMLElement)
  wheels[(at + by + wheels.length) % wheels.length]?.focus()
}

function onKey(event: KeyboardEvent) {
  const overlay = openOverlay()
  if (!overlay) return
  const { key, target, shiftKey } = event
  const button = ENDS[key]
  if (button) {
    spend(event)
    close(overlay, button)
  } else if (key === 'Tab') moveAlong(overlay, shiftKey ? -1 : 1)
  else if (key === 'ArrowLeft' || key === 'ArrowRight') moveAlong(overlay, key === 'ArrowLeft' ? -1 : 1)
  else if (key in TURNS && target instanceof HTMLElement && target.tagName === WHEEL.toUpperCase())
    turn(target, TURNS[key] ?? 0)
  else return
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** Taro draws the wheels a few frames after the tap. */
const FRAMES = 30

function adopt(row: HTMLElement, framesLeft: number) {
  const overlay = openOverlay()
  if (!overlay) {
    if (framesLeft > 0) requestAnimationFrame(() => adopt(row, framesLeft - 1))
    return
  }
  returnTo = row
  overlay.setAttribute('role', 'dialog')
  overlay.setAttribute('aria-label', row.getAttribute('aria-label') ?? '')
  // Taro draws them at 12 px.
  for (const part of overlay.querySelectorAll<HTMLElement>('.weui-picker, .weui-picker__hd'))
    part.style.fontSize = row.closest('.elder') ? '22px' : '17px'
  const wheels = wheelsIn(overlay)
  for (const wheel of wheels) {
    wheel.tabIndex = 0
    wheel.setAttribute('role', 'spinbutton')
    wheel.setAttribute('aria-valuemin', '0')
    say(wheel)
  }
  wheels[0]?.focus()
}

/** Once, when the app starts: an opened picker takes the keyboard, and gives it back when it closes. */
export function watchWheels() {
  document.addEventListener('keydown', onKey, true)
  document.addEventListener('click', ({ target }) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('taro-picker-core') : null
    if (row) adopt(row, FRAMES)
  })
}

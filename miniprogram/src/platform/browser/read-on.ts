import type { Platform } from '../platform'

/** Taro's elements hide until they are ready, and what hides loses the keyboard. */
const FRAMES_UNTIL_READY = 20

const stopsIn = () => [...document.querySelectorAll<HTMLElement>('.page__body [tabindex="0"]')]

function keepOn(row: HTMLElement, frames: number) {
  const { activeElement, body } = document
  if (frames === 0 || !row.isConnected) return
  // Unless one has gone elsewhere meanwhile.
  if (frames === FRAMES_UNTIL_READY || activeElement === body) row.focus({ preventScroll: true })
  requestAnimationFrame(() => keepOn(row, frames - 1))
}

/** The button that brought them stands below them, or is gone: the keyboard goes to the first that was not there. */
export const markRows: Platform['markRows'] = () => {
  const before = new Set(stopsIn())
  return () =>
    requestAnimationFrame(() => {
      const first = stopsIn().find((each) => !before.has(each) && each.getClientRects().length > 0)
      if (first) keepOn(first, FRAMES_UNTIL_READY)
    })
}

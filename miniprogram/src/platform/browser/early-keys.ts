// Letters typed before the page stands that they are meant for: no later letter of the same word is a key of that page.

/** Whoever types on has paused for less. */
const REST_MS = 700

/** Whoever was typing before the app ran, where nobody hears it, goes on within this. */
const NEXT_LETTER_MS = 200

let lastEarly = performance.now() + NEXT_LETTER_MS - REST_MS

const isLetter = ({ key }: KeyboardEvent) => /^[a-z]$/i.test(key)

/** Goes on with what was typed too early. */
export const isEarly = (event: KeyboardEvent) => isLetter(event) && event.timeStamp - lastEarly < REST_MS

const isShown = (element: Element) => element.getClientRects().length > 0

/** The page in front is drawn, and nothing of it is still on its way. */
function isStanding() {
  const top = [...document.querySelectorAll('.taro_page:not(.taro_page_shade)')].at(-1)
  return (
    top?.querySelector('.page__body') != null && ![...top.querySelectorAll('[aria-busy=true]')].some(isShown)
  )
}

/** A letter that nobody has answered. */
export function noteUnheard(event: KeyboardEvent) {
  if (isLetter(event) && (isEarly(event) || !isStanding())) lastEarly = event.timeStamp
}

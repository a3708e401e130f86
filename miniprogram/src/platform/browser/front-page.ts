import Taro from '@tarojs/taro'

const HIDDEN = 'taro_page_shade'

const frontPath = () => Taro.getCurrentPages().at(-1)?.path

let watching: MutationObserver | undefined

function watchFront() {
  watching?.disconnect()
  const page = document.getElementById(frontPath() ?? '')
  if (!page) return
  watching = new MutationObserver(() => {
    // To remove what is not there is a change too.
    if (page.id === frontPath() && page.classList.contains(HIDDEN)) page.classList.remove(HIDDEN)
  })
  watching.observe(page, { attributes: true, attributeFilter: ['class'] })
}

/** Taro's own event, by which it shows the page below once the one that was left has slid out. */
const SLID_OUT = '__taroPageOnShowAfterDestroyed'
/**
 * Taro hides a page once the one upon it has slid in, also where somebody came back before that: what is in front stays
 * to be seen.
 *
 * Until a page has slid out Taro holds it for the current one. The next way, by whatever key or address, would close it
 * once more, and the page below in its place: that is shown first.
 */
export function keepFrontShown() {
  Taro.eventCenter.on('__afterTaroRouterChange', watchFront)
  Taro.eventCenter.on('__taroRouterChange', () => Taro.eventCenter.trigger(SLID_OUT))
}

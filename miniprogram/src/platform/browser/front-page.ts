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

/**
 * Taro hides a page once the one upon it has slid in, also where somebody came back before that: what is in front stays
 * to be seen.
 */
export const keepFrontShown = () => Taro.eventCenter.on('__afterTaroRouterChange', watchFront)

import Taro from '@tarojs/taro'
import { platform } from '.'

/** Room for the bar at the top. */
const BAR = -110

// Where there is nothing to scroll, or the question is not drawn, the page stays as it is.
const scroll = (options: Taro.pageScrollTo.Option) => {
  Taro.pageScrollTo(options).catch(() => undefined)
}

export const scrollToTop = () => scroll({ scrollTop: 0, duration: 0 })

/** Brings a question into view, above the action bar and below the title. */
export const scrollToField = (id: string) =>
  scroll({ selector: `#field-${id}`, offsetTop: BAR, duration: 200 })

/** Where keys are: the keyboard goes into the field too. */
export function writeIn(id: string) {
  scrollToField(id)
  platform.focusField(`field-${id}`)
}

/** Where one left a list. */
export const scrollToRow = (id: string) => scroll({ selector: `#${id}`, offsetTop: BAR * 2, duration: 0 })

import Taro from '@tarojs/taro'

/** Room for the bar at the top. */
const BAR = -110

export const scrollToTop = () => void Taro.pageScrollTo({ scrollTop: 0, duration: 0 })

/** Brings a question into view, above the action bar and below the title. */
export const scrollToField = (id: string) =>
  void Taro.pageScrollTo({ selector: `#field-${id}`, offsetTop: BAR, duration: 200 })

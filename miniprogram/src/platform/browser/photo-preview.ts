import Taro from '@tarojs/taro'
import type { Platform } from '../platform'
import { holdDialog } from './keys'

/** Taro's own layer is closed by a tap alone: by keys it is a dialog like every other, over the one that it was opened from. */
export const previewImage: Platform['previewImage'] = (current, all) => {
  void Taro.previewImage({ current, urls: [...all] }).then(() => {
    const layer = [...document.querySelectorAll<HTMLElement>('.preview-image')].at(-1)
    if (!layer) return
    layer.id = 'photo-preview'
    layer.setAttribute('role', 'dialog')
    layer.setAttribute('aria-modal', 'true')
    layer.setAttribute('aria-label', '照片，点一下或按 Esc 关上')
    const close = () => layer.click()
    const release = holdDialog(layer.id, close, (key) => {
      if (key === 'Enter' || key === ' ') close()
      return true
    })
    layer.focus()
    // It goes by a tap, by a key, and with the page.
    new MutationObserver((_changes, observer) => {
      if (layer.isConnected) return
      observer.disconnect()
      release()
    }).observe(document.body, { childList: true })
  })
}

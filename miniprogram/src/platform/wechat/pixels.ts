import type Taro from '@tarojs/taro'
import type { Platform } from '../platform'

declare const wx: Pick<typeof Taro, 'createOffscreenCanvas'>

export const pixelsOf: Platform['pixelsOf'] = async ({ preview }, longest) => {
  // Since library 2.16.
  const canvas = wx.createOffscreenCanvas({ type: '2d', width: 1, height: 1 })
  const image = canvas.createImage()
  await new Promise((resolve, reject) => {
    Object.assign(image, { onload: resolve, onerror: reject, src: preview })
  })
  const scale = Math.min(1, longest / Math.max(image.width, image.height))
  const [width, height] = [image.width * scale, image.height * scale].map(Math.round) as [number, number]
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d') as unknown as CanvasRenderingContext2D
  context.drawImage(image as unknown as CanvasImageSource, 0, 0, width, height)
  return context.getImageData(0, 0, width, height)
}

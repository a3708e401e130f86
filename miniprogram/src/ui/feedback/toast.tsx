import { View } from '@tarojs/components'
import { create } from 'zustand'
import { aria } from '../../platform/aria'
import { Icon } from '../surface/icon'

const SHOWN_MS = 2000

const useToast = create<{ words: string | undefined }>(() => ({ words: undefined }))

let timer: ReturnType<typeof setTimeout> | undefined

/** Something small went well; never for what went wrong. Our own, because WeChat's does not grow in elder mode. */
export function showToast(words: string) {
  clearTimeout(timer)
  useToast.setState({ words })
  timer = setTimeout(() => useToast.setState({ words: undefined }), SHOWN_MS)
}

/** Part of `Page`. */
export function Toast() {
  const words = useToast((toast) => toast.words)
  if (words === undefined) return null
  return (
    <View className='toast-layer'>
      <View className='toast' {...aria({ role: 'status', live: 'polite' })}>
        <Icon name='check' />
        {words}
      </View>
    </View>
  )
}

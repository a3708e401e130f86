import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import { platform } from '../../platform'
import { ask } from './question'

const useNewVersion = create<{ readonly apply: (() => void) | undefined }>(() => ({ apply: undefined }))

/** Once, when the app starts. */
export const watchVersions = () => platform.onNewVersion((apply) => useNewVersion.setState({ apply }))

/** Of a tab alone: nothing is typed there, and nothing stands upon it. Whoever says no has it at the next start. */
export function NewVersion() {
  const apply = useNewVersion((version) => version.apply)
  const [isInFront, setInFront] = useState(true)
  useDidShow(() => setInFront(true))
  useDidHide(() => setInFront(false))
  useEffect(() => {
    if (apply === undefined || !isInFront) return
    useNewVersion.setState({ apply: undefined })
    void ask({
      title: '有新版本了',
      words: '换上只要几秒钟，换好回到首页。',
      confirm: '现在换上',
      cancel: '等一会儿',
    }).then((agreed) => agreed && apply())
  }, [apply, isInFront])
  return null
}

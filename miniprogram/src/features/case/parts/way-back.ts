import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useRef } from 'react'
import type { CaseView } from '#shared/contract/case'
import type { PagePath } from '#shared/contract/pages'
import { platform } from '../../../platform'
import { goBack, replacePage } from '../../../platform/navigation'

/** Where a case is left to: whoever brings something for the person before them came from their work. */
export const listOf = ({ viewer }: Pick<CaseView, 'viewer'>) =>
  viewer === 'staff' ? 'staff/case/queue' : 'tabs/case/my-cases'

/** To the case, once something was brought to it. */
export function toCase({ id, viewer }: Pick<CaseView, 'id' | 'viewer'>) {
  if (viewer === 'staff') goBack('staff/case/queue')
  else replacePage('features/case/timeline', { id })
}

/** Where keys are, Escape leaves the page that is in front, to the one before or to `otherwise`. */
export function useEscape(isHeard: boolean, otherwise: PagePath) {
  const isShown = useRef(true)
  useDidShow(() => {
    isShown.current = true
  })
  useDidHide(() => {
    isShown.current = false
  })
  useEffect(() => {
    if (!isHeard) return undefined
    return platform.watchKeys((key) => {
      if (key !== 'Escape' || !isShown.current) return false
      goBack(otherwise)
      return true
    })
  }, [isHeard, otherwise])
}

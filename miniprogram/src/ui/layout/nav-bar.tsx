import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import type { PagePath } from '#shared/contract/pages'
import { platform } from '../../platform'
import { aria, pressable } from '../../platform/aria'
import { goBack } from '../../platform/navigation'
import { classNames } from '../class-names'
import { Icon } from '../surface/icon'

interface NavBarProps {
  title: string
  /** Where 返回 leads whoever came by a link; without it there is no 返回. */
  backTo?: PagePath | undefined
  /** Instead of the default way back: leaving a form asks first. */
  onBack?: (() => void) | undefined
  /** At the left in place of 返回: the mark, the unit one works for. */
  side?: ReactNode
  /** The side says it already; only readers hear the title. */
  titleHidden?: boolean | undefined
  /** Over a backdrop. */
  clear?: boolean | undefined
}

/** One bar for all pages: WeChat's own title cannot grow in elder mode. */
export function NavBar({ title, backTo, onBack, side, titleHidden, clear }: NavBarProps) {
  const { statusBar, height, right } = platform.barArea()
  const back = onBack ?? (backTo && (() => goBack(backTo)))
  return (
    <View
      className={classNames('nav', clear && 'nav--clear')}
      style={{ paddingTop: `${statusBar}px` }}
      {...aria({ role: 'banner' })}
    >
      <View className='nav-bar' style={{ height: `${height}px` }}>
        {back && (
          <View className='nav-bar__back' {...pressable(back, { label: '返回' })}>
            <Icon name='back' />
          </View>
        )}
        {side !== undefined && (
          <View className='nav-bar__side' style={{ maxWidth: `calc(100% - ${right + 16}px)` }}>
            {side}
          </View>
        )}
        <View
          className={classNames('nav-bar__title', titleHidden && 'reader-only')}
          {...aria({ role: 'heading', level: 1 })}
        >
          {title}
        </View>
      </View>
    </View>
  )
}

import { View } from '@tarojs/components'
import type { PropsWithChildren, ReactNode } from 'react'
import { aria } from '../../platform/aria'
import { useElderMode } from '../../platform/elder-mode'
import { classNames } from '../class-names'
import { AskedQuestion } from '../feedback/question'
import { Toast } from '../feedback/toast'
import { Unopened } from '../feedback/unopened'

interface PageProps {
  /** NavBar. */
  head: ReactNode
  /** TabBar or StickyActionBar. */
  foot?: ReactNode
  /** Sheets: they live inside the root, so that elder mode reaches them. */
  over?: ReactNode
  /** Behind the head; decorative. */
  backdrop?: ReactNode
  flush?: boolean | undefined
  className?: string | undefined
}

/** The root of every page: colour, elder mode, and what stands around the content. */
export function Page({
  head,
  foot,
  over,
  backdrop,
  flush,
  className,
  children,
}: PropsWithChildren<PageProps>) {
  const elder = useElderMode((mode) => mode.elder)
  return (
    <View className={classNames('page', 'root', elder && 'elder', className)}>
      {backdrop}
      {head}
      <View className={classNames('page__body', flush && 'page__body--flush')} {...aria({ role: 'main' })}>
        {children}
      </View>
      {foot}
      {over}
      <AskedQuestion />
      <Toast />
      <Unopened />
    </View>
  )
}

interface LeadProps {
  title: ReactNode
  note?: ReactNode
  noteClass?: string
  side?: ReactNode
}

/** What the page asks or says, above everything. */
export function Lead({ title, note, noteClass, side }: LeadProps) {
  return (
    <View className='page__lead'>
      {side === undefined ? (
        <View className='heading'>{title}</View>
      ) : (
        <View className='row row--between gap-3'>
          <View className='heading'>{title}</View>
          {side}
        </View>
      )}
      {note !== undefined && <View className={classNames('page__lead-note', noteClass)}>{note}</View>}
    </View>
  )
}

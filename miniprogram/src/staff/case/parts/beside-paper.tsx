import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import type { CaseView } from '#shared/contract/case'
import { useElderMode } from '../../../platform/elder-mode'
import { Page } from '../../../ui/layout/page'
import { DeskHead } from './desk-case'
import { TopBar, type useKeyBar } from './desk-shell'
import { toQueue } from './to-queue'
import { useHolder } from './use-queue'

interface BesidePaperProps {
  view: CaseView
  /** What it rests on. */
  basis: ReactNode
  /** What is chosen or written. */
  choice: ReactNode
  /** Below both. */
  below?: ReactNode
  /** The very paper that goes out; undefined before anything is chosen. */
  paper: ReactNode | undefined
  /** What stands in its place then. */
  empty: string
  bar: ReactNode
  over: ReactNode
  keyBar: ReturnType<typeof useKeyBar>
}

/** At a desk: what an act rests on, the act, and at the right the paper that it sends. */
export function BesidePaper(props: BesidePaperProps) {
  const { view, basis, choice, below, paper, empty, bar, over, keyBar } = props
  const holder = useHolder((kept) => kept.holder)
  const isElder = useElderMode((mode) => mode.elder)
  const columns = [
    <View key='basis' className='case__col'>
      {basis}
    </View>,
    <View key='choice' className='case__col'>
      {choice}
    </View>,
  ]
  return (
    <Page
      className='staff-page desk deciding'
      flush
      head={<TopBar holder={holder} onWork={toQueue} />}
      foot={keyBar.bar}
      over={
        <>
          {over}
          {keyBar.over}
        </>
      }
    >
      <View className='case'>
        <DeskHead view={view} />
        <View className='case__scroll'>
          {/* Large letters leave room for one column: what is chosen stands before what it rests on. */}
          <View className='case__pair'>{isElder ? columns.reverse() : columns}</View>
          {below}
        </View>
        {bar}
      </View>
      <View className='docside'>
        {paper ?? (
          <>
            <View className='strong'>文书预览</View>
            <View className='muted mt-3'>{empty}</View>
          </>
        )}
      </View>
    </Page>
  )
}

import { View } from '@tarojs/components'
import type { PropsWithChildren, ReactNode } from 'react'
import type { CaseView } from '#shared/contract/case'
import { useElderMode } from '../../../platform/elder-mode'
import { Page } from '../../../ui/layout/page'
import { Answers, ChangedSince } from './case-cards'
import { CorrectionPaper, type CorrectionPaperProps } from './correction-paper'
import { DepartmentDrafts } from './department-drafts'
import { DeskHead } from './desk-case'
import { BACK, type Legend, TopBar, useKeyBar } from './desk-shell'
import { Papers } from './papers'
import { toQueue } from './to-queue'
import { useKeys } from './use-keys'
import { useHolder } from './use-queue'

const LOOK: Legend = { letters: ['G'], does: '看一遍告知书' }

interface DeskCorrectionProps {
  view: CaseView
  /** The notice as far as it is written; undefined while nobody may send one. */
  paper: Omit<CorrectionPaperProps, 'view'> | undefined
  bar: ReactNode
  over: ReactNode
  onLook: () => void
}

const emptyWords = (mayAsk: boolean) =>
  mayAsk ? '勾上要补的，这里就是要发出去的告知书。' : '现在不能补正，没有要发的告知书。'

/** What departments ask and what was filed at the left, what is asked beside it, the notice at the right. `children`: what is asked. */
export function DeskCorrection(props: PropsWithChildren<DeskCorrectionProps>) {
  const { view, paper, bar, over, onLook, children } = props
  const holder = useHolder((kept) => kept.holder)
  const isElder = useElderMode((mode) => mode.elder)
  const keyBar = useKeyBar([LOOK, BACK])
  useKeys({ g: onLook, Escape: toQueue })
  const asked = (
    <View key='asked' className='case__col'>
      {children}
    </View>
  )
  const basis = (
    <View key='basis' className='case__col'>
      <DepartmentDrafts staff={view.staff} />
      <ChangedSince view={view} />
      <Answers view={view} />
      <Papers view={view} />
    </View>
  )
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
          {/* Large letters leave room for one column: what is asked stands before what it rests on. */}
          <View className='case__pair'>{isElder ? [asked, basis] : [basis, asked]}</View>
        </View>
        {bar}
      </View>
      <View className='docside'>
        <View className='strong'>文书预览</View>
        {paper && paper.items.length > 0 ? (
          <>
            <View className='mt-3'>
              <CorrectionPaper view={view} {...paper} />
            </View>
            <View className='docside__note'>预览遮住姓名，发出的写全。编号发出时才占用，一年一排</View>
          </>
        ) : (
          <View className='muted mt-3'>{emptyWords(paper !== undefined)}</View>
        )}
      </View>
    </Page>
  )
}

import { View } from '@tarojs/components'
import type { PropsWithChildren, ReactNode } from 'react'
import type { CaseView } from '#shared/contract/case'
import { BesidePaper } from './beside-paper'
import { Answers, ChangedSince } from './case-cards'
import { CorrectionPaper, type CorrectionPaperProps } from './correction-paper'
import { BACK, type Legend, useKeyBar } from './desk-shell'
import { DepartmentsSay } from './looks'
import { Papers } from './papers'
import { toQueue } from './to-queue'
import { useKeys } from './use-keys'

const RETURN: Legend = { letters: ['T'], does: '退给一家改' }
const LOOK: Legend = { letters: ['G'], does: '看一遍告知书' }

interface DeskCorrectionProps {
  view: CaseView
  /** The notice as far as it is written; undefined while nobody may send one. */
  paper: Omit<CorrectionPaperProps, 'view'> | undefined
  bar: ReactNode
  over: ReactNode
  onLook: () => void
  /** Undefined where no draft may be given back. */
  onReturn: (() => void) | undefined
}

const emptyWords = (mayAsk: boolean) =>
  mayAsk ? '勾上要补的，这里就是要发出去的告知书。' : '现在不能补正，没有要发的告知书。'

/** What departments ask and what was filed at the left, what is asked beside it, the notice at the right. `children`: what is asked. */
export function DeskCorrection(props: PropsWithChildren<DeskCorrectionProps>) {
  const { view, paper, bar, over, onLook, onReturn, children } = props
  const keyBar = useKeyBar([LOOK, ...(onReturn ? [RETURN] : []), BACK])
  useKeys({ g: onLook, ...(onReturn ? { t: onReturn } : {}), Escape: toQueue })
  const basis = (
    <>
      <DepartmentsSay staff={view.staff} />
      <ChangedSince view={view} />
      <Answers view={view} />
      <Papers view={view} />
    </>
  )
  const preview = paper && paper.items.length > 0 && (
    <>
      <View className='strong'>文书预览</View>
      <View className='mt-3'>
        <CorrectionPaper view={view} {...paper} />
      </View>
      <View className='docside__note'>预览遮住姓名，发出的写全。编号发出时才占用，一年一排</View>
    </>
  )
  return (
    <BesidePaper
      {...{ view, basis, bar, over, keyBar }}
      choice={children}
      paper={preview || undefined}
      empty={emptyWords(paper !== undefined)}
    />
  )
}

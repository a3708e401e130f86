import { View } from '@tarojs/components'
import { Fragment } from 'react'
import type { CaseView } from '#shared/contract/case'
import { OfficialDocument } from './official-document'

export type CorrectionDraft = NonNullable<CaseView['staff']>['correctionDrafts'][number]

interface AskedItem {
  readonly label: string
  readonly reason: string
  /** What departments wrote where it says it otherwise, each with whose it is. */
  readonly said: readonly string[]
}

const GAP = '＿＿＿＿'

export interface CorrectionPaperProps {
  view: CaseView
  draft: CorrectionDraft
  items: readonly AskedItem[]
  /** Why a second time; empty where it is the first. */
  reason: string
}

/** The notice as it will go out. What is not written yet is a gap in it. */
export function CorrectionPaper({ view, draft, items, reason }: CorrectionPaperProps) {
  const { title, askedBefore, numberPrefix, organName, issuedOn, opening, closing } = draft
  return (
    <OfficialDocument {...{ title, numberPrefix, organName, issuedOn }} to={view.applicantMasked}>
      <View className='paper-doc__words'>{opening}</View>
      {items.map(({ label, reason, said }, at) => (
        <Fragment key={label}>
          <View className='paper-doc__words'>
            {at + 1}. {label}：{reason || GAP}
          </View>
          {said.map((words) => (
            <View key={words} className='paper-doc__words'>
              {words}
            </View>
          ))}
        </Fragment>
      ))}
      {askedBefore !== null && <View className='paper-doc__words'>理由：{reason || GAP}</View>}
      {closing.map((words) => (
        <View key={words} className='paper-doc__words'>
          {words}
        </View>
      ))}
    </OfficialDocument>
  )
}

import { Text, View } from '@tarojs/components'
import { Fragment } from 'react'
import type { CaseView } from '#shared/contract/case'
import { filedWords } from '#shared/domain/case/decision-words'
import { fullDay } from '#shared/domain/kernel/day-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { calendarWords, momentDay } from '../../../ui/words/dates'
import { OfficialDocument } from './official-document'

export type CorrectionDraft = NonNullable<CaseView['staff']>['correctionDrafts'][number]

interface AskedItem {
  readonly label: string
  readonly reason: string
  /** What departments wrote where it says it otherwise, each with whose it is. */
  readonly said: readonly string[]
}

const GAP = '＿＿＿＿'

const untilWords = ({ dueOn, dueBecause }: CorrectionDraft) => {
  if (dueOn !== null) return `请最晚在${fullDay(dueOn as PlainDate)}补齐`
  return dueBecause?.kind === 'calendar-missing'
    ? `${calendarWords(dueBecause.year)}，日期定了再告诉你`
    : '请补齐'
}

export interface CorrectionPaperProps {
  view: CaseView
  draft: CorrectionDraft
  items: readonly AskedItem[]
  /** Why a second time; empty where it is the first. */
  reason: string
  afterwards: string
}

/** The notice as it will go out. What is not written yet is a gap in it. */
export function CorrectionPaper({ view, draft, items, reason, afterwards }: CorrectionPaperProps) {
  const { title, askedBefore, numberPrefix, organName, issuedOn } = draft
  return (
    <OfficialDocument {...{ title, numberPrefix, organName, issuedOn }} to={view.applicantMasked}>
      <View className='paper-doc__words'>
        {filedWords(view.applicantKind === 'firm', momentDay(view.filedAt), view.itemName)}。
        {askedBefore === null
          ? `经查看，还要补下面 ${items.length} 样，一次告知：`
          : `${fullDay(askedBefore as PlainDate)}告知过一次。现在再次告知，另外要补下面 ${items.length} 样：`}
      </View>
      {askedBefore !== null && <View className='paper-doc__words'>再次告知的理由：{reason || GAP}</View>}
      {items.map(({ label, reason, said }, at) => (
        <Fragment key={label}>
          <View className='paper-doc__words'>
            {at + 1}．{label}：{reason || GAP}
          </View>
          {said.map((words) => (
            <View key={words} className='paper-doc__words'>
              {words}
            </View>
          ))}
        </Fragment>
      ))}
      <View className='paper-doc__words'>
        <Text className='paper-doc__verdict'>{untilWords(draft)}。</Text>
        {afterwards}
      </View>
    </OfficialDocument>
  )
}

import { Text, View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { filedWords } from '#shared/domain/case/decision-words'
import { fullDay } from '#shared/domain/kernel/day-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { Button } from '../../../ui/form/button'
import { Sheet, SheetActions } from '../../../ui/layout/sheet'
import { calendarWords, momentDay } from '../../../ui/words/dates'
import { OfficialDocument } from './official-document'
import { TroubleNotice } from './trouble-notice'
import type { Act } from './use-act'

export type CorrectionDraft = NonNullable<CaseView['staff']>['correctionDrafts'][number]

interface AskedItem {
  readonly label: string
  readonly reason: string
}

const untilWords = ({ dueOn, dueBecause }: CorrectionDraft) => {
  if (dueOn !== null) return `请最晚在${fullDay(dueOn as PlainDate)}补齐`
  return dueBecause?.kind === 'calendar-missing'
    ? `${calendarWords(dueBecause.year)}，日期定了再告诉你`
    : '请补齐'
}

interface CorrectionSheetProps {
  view: CaseView
  draft: CorrectionDraft
  items: readonly AskedItem[]
  /** Why a second time; empty where it is the first. */
  reason: string
  afterwards: string
  isStillAllowed: boolean
  act: Act
  onSend: () => void
  onLeave: () => void
  onClose: () => void
}

/** The notice before it leaves the house: it goes out once. */
export function CorrectionSheet(props: CorrectionSheetProps) {
  const { view, draft, items, reason, afterwards, isStillAllowed, act, onSend, onLeave, onClose } = props
  const { title, askedBefore, numberPrefix, organName, issuedOn } = draft
  return (
    <Sheet title='看一遍告知书' onClose={onClose}>
      <OfficialDocument {...{ title, numberPrefix, organName, issuedOn }} to={view.applicantMasked}>
        <View className='paper-doc__words'>
          {filedWords(view.applicantKind === 'firm', momentDay(view.filedAt), view.itemName)}。
          {askedBefore === null
            ? `经查看，还要补下面 ${items.length} 样，一次告知：`
            : `${fullDay(askedBefore as PlainDate)}告知过一次。现在再次告知，另外要补下面 ${items.length} 样：`}
        </View>
        {askedBefore !== null && <View className='paper-doc__words'>再次告知的理由：{reason}</View>}
        {items.map(({ label, reason }, at) => (
          <View key={label} className='paper-doc__words'>
            {at + 1}．{label}：{reason}
          </View>
        ))}
        <View className='paper-doc__words'>
          <Text className='paper-doc__verdict'>{untilWords(draft)}。</Text>
          {afterwards}
        </View>
      </OfficialDocument>
      <SheetActions>
        {isStillAllowed && (
          <View className='small muted'>发出后收不回来，会通知申请人。预览遮住姓名，发出的写全。</View>
        )}
        <TroubleNotice trouble={act.trouble} view={view} isSent />
        {isStillAllowed ? (
          <Button block loading={act.isBusy ? '正在发，别关' : undefined} onPress={onSend}>
            {`发出，补 ${items.length} 样`}
          </Button>
        ) : (
          <Button block kind='secondary' onPress={onLeave}>
            现在不能补正了，看最新的
          </Button>
        )}
      </SheetActions>
    </Sheet>
  )
}

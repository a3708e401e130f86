import { Text, View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { addressedTo } from '#shared/contract/case.labels'
import { WHOEVER_FILED } from '#shared/domain/case/disowned'
import { classNames } from '../../../ui/class-names'
import { dayOfMoment, OfficialDocument } from './official-document'

export type Draft = NonNullable<CaseView['staff']>['decisionDrafts'][number]

const VERDICTS = {
  grant: { words: '经审查，符合规定的条件，', verdict: '决定准予。' },
  refuse: { words: '经审查，不符合规定的条件，', verdict: '决定不予。' },
  decline: { words: '经查看，', verdict: '决定不予受理。' },
} as const

interface DecisionDraftProps {
  view: CaseView
  draft: Draft
  /** As it is being typed; nothing is shown of it on a grant. */
  reason: string
}

/** The paper as it will be issued, but for the number, the seal and the whole name. */
export function DecisionDraft({ view, draft, reason }: DecisionDraftProps) {
  const { action, title, numberPrefix, organName, remedy, issuedOn, result } = draft
  const accepted = view.timeline.find(({ type }) => type === 'accepted')
  const { words, verdict } = VERDICTS[action]
  return (
    <OfficialDocument
      {...{ title, numberPrefix, organName, issuedOn }}
      to={view.staff?.disowned ? WHOEVER_FILED : addressedTo(view.applicantMasked, view)}
    >
      <View className='paper-doc__words'>
        你于{dayOfMoment(view.filedAt)}申请“{view.itemName}”
        {accepted ? `，本机关于${dayOfMoment(accepted.at)}受理` : ''}。{words}
        <Text className='paper-doc__verdict'>{verdict}</Text>
      </View>
      {result !== null && <View className='paper-doc__words'>随本决定发给你：{result}。</View>}
      {action !== 'grant' && (
        <View
          className={classNames('paper-doc__words', reason === '' ? 'paper-doc__gap' : 'paper-doc__mark')}
        >
          理由：{reason === '' ? '还没写' : reason}
        </View>
      )}
      {remedy !== null && <View className='paper-doc__words'>{remedy}</View>}
    </OfficialDocument>
  )
}

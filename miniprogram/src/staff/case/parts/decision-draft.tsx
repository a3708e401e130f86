import { Text, View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { addressedTo } from '#shared/contract/case.labels'
import { reasonWords, verdictWords } from '#shared/domain/case/decision-words'
import { WHOEVER_FILED } from '#shared/domain/case/disowned'
import { classNames } from '../../../ui/class-names'
import { momentDay } from '../../../ui/words/dates'
import { OfficialDocument } from './official-document'

export type Draft = NonNullable<CaseView['staff']>['decisionDrafts'][number]

const KINDS = {
  grant: 'granted',
  settle: 'granted',
  pass: 'granted',
  refuse: 'refused',
  fail: 'refused',
  decline: 'declined',
} as const

interface DecisionDraftProps {
  view: CaseView
  draft: Draft
  /** As it is being typed; nothing is shown of it on a grant. */
  reason: string
}

/** The paper as it will be issued, but for the number, the seal and the whole name. */
export function DecisionDraft({ view, draft, reason }: DecisionDraftProps) {
  const { action, title, numberPrefix, organName, issuedOn, packet, paid, remedy } = draft
  const kind = KINDS[action]
  const filedOn = momentDay(view.filedAt)
  const isFirm = view.applicantKind === 'firm' && !view.staff?.disowned
  const { found, verdict, given } = verdictWords({ ...draft, kind, itemName: view.itemName, isFirm, filedOn })
  return (
    <OfficialDocument
      {...{ title, numberPrefix, organName, issuedOn }}
      to={view.staff?.disowned ? WHOEVER_FILED : addressedTo(view.applicantMasked, view)}
    >
      {packet?.map((said) => (
        <View key={said} className='paper-doc__words'>
          {said}
        </View>
      )) ?? (
        <View className='paper-doc__words'>
          {found}
          <Text className='paper-doc__verdict'>{verdict}</Text>
          {given}
        </View>
      )}
      {kind !== 'granted' && (
        <View
          className={classNames('paper-doc__words', reason === '' ? 'paper-doc__gap' : 'paper-doc__mark')}
        >
          {reasonWords(reason === '' ? '还没写' : reason)}
        </View>
      )}
      {paid !== null && <View className='paper-doc__words'>{paid}</View>}
      {remedy !== null && <View className='paper-doc__words'>{remedy}</View>}
    </OfficialDocument>
  )
}

import { Text, View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { addressedTo } from '#shared/contract/case.labels'
import { GRANTED_ALL, reasonWords, verdictWords } from '#shared/domain/case/paper/decision-words'
import { WHOEVER_FILED } from '#shared/domain/case/whose/disowned'
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

/** Somebody before, or a visit, found otherwise: the paper says why it is granted all the same. */
const isGrantedAll = ({ staff }: CaseView, { action, stepKey, unitId }: Draft) =>
  action === 'grant' &&
  staff?.allowed.some(
    (each) =>
      each.action === action && each.stepKey === stepKey && each.unitId === unitId && each.reasonRequired,
  ) === true

interface DecisionDraftProps {
  view: CaseView
  draft: Draft
  /** As it is being typed; of a grant it is shown where somebody before found otherwise. */
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
      {isGrantedAll(view, draft) && (
        <View
          className={classNames('paper-doc__words', reason === '' ? 'paper-doc__gap' : 'paper-doc__mark')}
        >
          {GRANTED_ALL}
          {reason === '' ? '还没写' : reason}
        </View>
      )}
      {paid !== null && <View className='paper-doc__words'>{paid}</View>}
      {remedy !== null && <View className='paper-doc__words'>{remedy}</View>}
    </OfficialDocument>
  )
}

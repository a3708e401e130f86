import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { addressedTo } from '#shared/contract/case.labels'
import type { DeliveryMethod } from '#shared/domain/case/events'
import { DecisionDraft, type Draft } from './decision-draft'
import { OfficialDocument } from './official-document'
import { PaperTabs, usePaperTabs } from './paper-tabs'

type Paper = NonNullable<CaseView['staff']>['settlePapers'][number]

const DECISION = '准予'
const NAMES: Readonly<Record<string, string>> = { acceptance: '受理', service: '送达' }
const nameOf = ({ kind, title }: Paper) => NAMES[kind] ?? title

/** All that goes out by the one signature, in the order in which it is issued; the decision by its draft. */
export function useSettlePapers({ staff }: CaseView, method: DeliveryMethod | null) {
  const papers = (staff?.settlePapers ?? []).filter((each) => each.method === null || each.method === method)
  const named = (isHandedOver: boolean) =>
    papers.filter((each) => (each.method !== null) === isHandedOver).map(nameOf)
  const tabs = usePaperTabs([...named(false), DECISION, ...named(true)], DECISION)
  return { tabs, paper: papers.find((each) => nameOf(each) === tabs.name) }
}

interface SettlePapersProps {
  view: CaseView
  draft: Draft
  shown: ReturnType<typeof useSettlePapers>
}

/** One of them at a time. */
export function SettlePapers({ view, draft, shown: { tabs, paper } }: SettlePapersProps) {
  return (
    <>
      <PaperTabs title={`会出 ${tabs.names.length} 份`} tabs={tabs} />
      <View className='mt-3'>
        {paper ? (
          <OfficialDocument {...paper} to={addressedTo(view.applicantMasked, view)} />
        ) : (
          <DecisionDraft view={view} draft={draft} reason='' />
        )}
      </View>
    </>
  )
}

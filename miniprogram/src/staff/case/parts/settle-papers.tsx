import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { addressedTo } from '#shared/contract/case.labels'
import type { DeliveryMethod } from '#shared/domain/case/delivery-words'
import { pressable } from '../../../platform/aria'
import { Icon } from '../../../ui/surface/icon'
import { DecisionDraft, type Draft } from './decision-draft'
import { OfficialDocument } from './official-document'
import { PaperTabsRow, usePaperTabs } from './paper-tabs'

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
  /** On the phone: behind one line, so that the signature stands on the first screen. */
  isFolded: boolean
}

/** One of them at a time. */
export function SettlePapers({ view, draft, shown: { tabs, paper }, isFolded }: SettlePapersProps) {
  const [isOpen, setOpen] = useState(!isFolded)
  const title = `会出 ${tabs.names.length} 份`
  if (!isOpen)
    return (
      <View className='settle__fold' {...pressable(() => setOpen(true), { expanded: false })}>
        <Icon name='paper' />
        <View className='grow'>{title}文书，先看一眼</View>
        <View className='accent'>看</View>
      </View>
    )
  return (
    <View className='mt-3'>
      <PaperTabsRow title={title} tabs={tabs} />
      <View className='mt-3'>
        {paper ? (
          <OfficialDocument {...paper} to={addressedTo(view.applicantMasked, view)} />
        ) : (
          <DecisionDraft view={view} draft={draft} reason='' />
        )}
      </View>
    </View>
  )
}

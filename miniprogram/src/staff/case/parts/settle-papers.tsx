import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { addressedTo } from '#shared/contract/case.labels'
import type { DeliveryMethod } from '#shared/domain/case/events'
import { ChipTabs } from '../../../ui/form/chip-tabs'
import { DecisionDraft, type Draft } from './decision-draft'
import { OfficialDocument } from './official-document'

type Paper = NonNullable<CaseView['staff']>['settlePapers'][number]

const DECISION = 'decision'
const NAMES: Readonly<Record<string, string>> = { acceptance: '受理', service: '送达' }

/** In the order in which they are issued; the decision by its draft. */
function shownOf({ staff }: CaseView, method: DeliveryMethod | null) {
  const papers = (staff?.settlePapers ?? []).filter((each) => each.method === null || each.method === method)
  const [before, after] = [
    papers.filter((each) => each.method === null),
    papers.filter((each) => each.method),
  ]
  return [...before, DECISION, ...after] as const
}

const nameOf = (paper: Paper | typeof DECISION) =>
  paper === DECISION ? '准予' : (NAMES[paper.kind] ?? paper.title)

/** Which of the papers that go out lies in front; `move`: the next or the one before, as by key. */
export function useSettlePapers(view: CaseView, method: DeliveryMethod | null) {
  const [wanted, setWanted] = useState('准予')
  const papers = shownOf(view, method)
  const found = papers.findIndex((paper) => nameOf(paper) === wanted)
  const at = found < 0 ? papers.indexOf(DECISION) : found
  const show = (index: number) => {
    const paper = papers[index]
    if (paper) setWanted(nameOf(paper))
  }
  return { papers, at, show, move: (steps: 1 | -1) => show(at + steps) }
}

interface SettlePapersProps {
  view: CaseView
  draft: Draft
  shown: ReturnType<typeof useSettlePapers>
}

/** All that goes out by the one signature, one at a time. */
export function SettlePapers({ view, draft, shown: { papers, at, show } }: SettlePapersProps) {
  const paper = papers[at] ?? DECISION
  const names = papers.map(nameOf)
  return (
    <>
      <View className='row row--between row--wrap gap-2'>
        <View className='strong'>会出 {papers.length} 份</View>
        <ChipTabs
          label='会出的文书'
          options={names.map((name) => ({ value: name, label: name }))}
          value={nameOf(paper)}
          onChange={(name) => show(names.indexOf(name))}
        />
      </View>
      <View className='mt-3'>
        {paper === DECISION ? (
          <DecisionDraft view={view} draft={draft} reason='' />
        ) : (
          <OfficialDocument {...paper} to={addressedTo(view.applicantMasked, view)}>
            {paper.paragraphs.map((words) => (
              <View key={words} className='paper-doc__words'>
                {words}
              </View>
            ))}
          </OfficialDocument>
        )}
      </View>
    </>
  )
}

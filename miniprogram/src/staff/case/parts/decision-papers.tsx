import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { addressedTo } from '#shared/contract/case.labels'
import { WHOEVER_FILED } from '#shared/domain/case/whose/disowned'
import { DecisionDraft, type Draft } from './decision-draft'
import { OfficialDocument } from './official-document'
import { PaperTabsRow, usePaperTabs } from './paper-tabs'

const DECISION = '决定书'
/** What a grant is called where it is the result itself: 批准书. */
const nameOf = ({ title }: Draft) => (title.endsWith(DECISION) ? DECISION : title)

/** What is signed first, then what is written when it is handed over. */
export function useDecisionPapers(draft: Draft | undefined) {
  const first = draft ? nameOf(draft) : DECISION
  const names = draft ? [first, ...(draft.service ? [draft.service.title] : [])] : []
  return usePaperTabs(names, first, draft?.action)
}

interface DecisionPapersProps {
  title: string
  view: CaseView
  draft: Draft
  reason: string
  tabs: ReturnType<typeof useDecisionPapers>
}

/** All papers of a decision as far as they are known, one at a time. */
export function DecisionPapers({ title, view, draft, reason, tabs }: DecisionPapersProps) {
  const { service } = draft
  const isService = service !== null && tabs.name === service.title
  const to = view.staff?.disowned ? WHOEVER_FILED : addressedTo(view.applicantMasked, view)
  return (
    <>
      <PaperTabsRow title={title} tabs={tabs} />
      <View className='mt-3'>
        {isService ? (
          <OfficialDocument {...service} to={to} />
        ) : (
          <DecisionDraft view={view} draft={draft} reason={reason} />
        )}
      </View>
      {isService && (
        <View className='docside__note'>这份现在不出：送到的那天写上怎么送的、哪天送到，才占编号。</View>
      )}
    </>
  )
}

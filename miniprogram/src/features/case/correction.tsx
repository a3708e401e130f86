import { useMemo } from 'react'
import type { ApplicationForm } from '#shared/contract/application'
import type { CaseView } from '#shared/contract/case'
import type { FieldKind } from '#shared/domain/service-item/item'
import { today } from '../../platform/clock'
import { goBack, usePageParameter } from '../../platform/navigation'
import { useRequest } from '../../platform/use-request'
import { EmptyState } from '../../ui/feedback/empty-state'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Button } from '../../ui/form/button'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { KeptNotice } from '../application/parts/kept-notice'
import { answersIt } from './parts/because'
import { CorrectionForm } from './parts/correction-form'
import { useForgetArrived } from './parts/forget-arrived'
import { FormerCase } from './parts/former-case'
import { useSheetWays } from './parts/use-sheet-ways'
import { toCase } from './parts/way-back'

const LABEL = '正在取要补的'

/** Their choices are the county's lists, which a case does not carry. */
const FROM_LISTS: readonly FieldKind[] = ['village', 'region', 'scopePicker', 'policyPicker', 'slot']

const createNoLists = (): Pick<ApplicationForm, 'choices' | 'slots' | 'today'> => ({
  choices: { towns: [], regions: [], scopes: [], policies: [] },
  slots: [],
  today: today(),
})

const needsLists = ({ correction }: CaseView) =>
  correction?.fields.some(({ kind }) => FROM_LISTS.includes(kind)) ?? false

function Over({ view }: { view: CaseView }) {
  useForgetArrived(view)
  if (view.viewer === 'former') return <FormerCase view={view} />
  return (
    <EmptyState
      title={view.correction ? '不归你替别人补' : '没有要补的了'}
      note={`这件现在：${view.nowText}。`}
      action={<Button onPress={() => toCase(view)}>看办到哪一步</Button>}
    />
  )
}

function CorrectionPage() {
  const id = usePageParameter('id') ?? ''
  const { loaded, reload } = useRequest<CaseView>(`/api/cases/${encodeURIComponent(id)}`)
  const { round, ways } = useSheetWays(reload)
  const view = loaded.state === 'ready' ? loaded.value : undefined
  const wantsLists = view !== undefined && needsLists(view)
  const lists = useRequest<ApplicationForm>(
    wantsLists ? `/api/service-items/${encodeURIComponent(view.serviceItemId)}/form` : undefined,
  )
  const noLists = useMemo(createNoLists, [])
  const hasLists = !wantsLists || lists.loaded.state === 'ready'
  if (view?.correction && hasLists && answersIt(view)) {
    const known = wantsLists && lists.loaded.state === 'ready' ? lists.loaded.value : noLists
    return <CorrectionForm key={round} view={view} correction={view.correction} lists={known} ways={ways} />
  }
  return (
    <Page head={<NavBar title='补一补' onBack={() => goBack('tabs/case/my-cases')} />}>
      {wantsLists ? (
        <LoadedView loaded={lists.loaded} label={LABEL} onRetry={lists.reload} cards={2} rows={0}>
          {() => null}
        </LoadedView>
      ) : (
        <LoadedView loaded={loaded} label={LABEL} onRetry={reload} cards={2} rows={0}>
          {(view) => <Over view={view} />}
        </LoadedView>
      )}
      <KeptNotice loaded={wantsLists ? lists.loaded : loaded} of={id} />
    </Page>
  )
}

export default asPage(CorrectionPage)

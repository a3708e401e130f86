import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import type { CaseChanged, CaseView } from '#shared/contract/case'
import { FILES_A_PAPER } from '#shared/domain/application/validate-materials'
import { call } from '../../platform/api'
import { goBack, pageParameter, replacePage } from '../../platform/navigation'
import { useAction } from '../../platform/use-action'
import { useRequest } from '../../platform/use-request'
import { EmptyState } from '../../ui/feedback/empty-state'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { showToast } from '../../ui/feedback/toast'
import { TroubleView } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { StickyActionBar } from '../../ui/layout/action-bar'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { materialsOf, placeOfPaper } from '../application/parts/papers'
import { PhotoRow } from '../application/parts/photo-row'
import { createPhotos, unsentCount } from '../application/parts/photos'
import '../application/parts/form.css'

/** What may be added, with how many pictures each still takes. */
const papersOf = ({ addable, papers }: CaseView) =>
  addable.papers.flatMap((name) => {
    const paper = papers.find((each) => each.name === name)
    const most = FILES_A_PAPER - (paper?.files.length ?? 0)
    return paper && most > 0 ? [{ name, given: paper.files.length, most }] : []
  })

type Paper = ReturnType<typeof papersOf>[number]

/** Brought by nobody's asking: it joins what is there, and no clock starts anew. */
function useAddition(view: CaseView, papers: readonly Paper[], onChanged: () => unknown) {
  const [photos] = useState(() => createPhotos({}))
  useEffect(() => photos.sendWhenOnline(), [photos])
  const unsent = unsentCount(photos.use())
  const { isBusy, trouble, run } = useAction()
  const [isPressed, setPressed] = useState(false)
  const materials = materialsOf(papers, photos)
  const submit = () => {
    setPressed(true)
    if (unsent > 0 || materials.length === 0) return
    const body = { version: view.version, materials }
    void run(
      () => call<CaseChanged>('POST', `/api/cases/${view.id}/additions`, body),
      () => {
        showToast('交上去了')
        replacePage('features/case/timeline', { id: view.id })
      },
    )
  }
  const words = unsent > 0 ? `${unsent} 张照片还没传上去，传好再交` : '先拍一张要补的'
  return {
    photos,
    submit,
    isBusy,
    trouble,
    // Somebody acted in between: the page shows what is there now.
    retry: () => (trouble?.code === 'case.state-changed' ? onChanged() : submit()),
    note: unsent > 0 || (isPressed && materials.length === 0) ? { note: words } : {},
  }
}

interface AdditionProps {
  view: CaseView
  papers: readonly Paper[]
  onChanged: () => unknown
}

function Addition({ view, papers, onChanged }: AdditionProps) {
  const { photos, submit, isBusy, trouble, retry, note } = useAddition(view, papers, onChanged)
  return (
    <Page
      head={<NavBar title={view.plainName} backTo='features/case/my-cases' />}
      foot={
        <StickyActionBar {...note}>
          <Button loading={isBusy ? '正在交，别关' : undefined} onPress={submit}>
            交上去
          </Button>
        </StickyActionBar>
      }
    >
      <Lead title='补交一样东西' note='交过的都在，新拍的加在后面。期限不变，不用重新排队。' />
      {papers.map(({ name, given, most }) => (
        <Card
          key={name}
          className='mt-3'
          title={name}
          side={<View className='small muted nowrap'>{given > 0 ? `交过 ${given} 张` : '没交过'}</View>}
        >
          <View className='mt-3'>
            <PhotoRow box={photos} place={placeOfPaper(name)} name={name} most={most} />
          </View>
        </Card>
      ))}
      {trouble && (
        <View className='mt-3'>
          <TroubleView trouble={trouble} title='没交上去' kept='你拍的都还在。' onRetry={retry} />
        </View>
      )}
    </Page>
  )
}

function Nothing({ id }: { id: string }) {
  return (
    <EmptyState
      title='现在不用补交'
      note='可能已经决定了，或者要的都写在补正通知里。'
      action={<Button onPress={() => replacePage('features/case/timeline', { id })}>看办到哪一步</Button>}
    />
  )
}

export default function AdditionPage() {
  const id = pageParameter('id') ?? ''
  const { loaded, reload } = useRequest<CaseView>(`/api/cases/${encodeURIComponent(id)}`)
  const view = loaded.state === 'ready' ? loaded.value : undefined
  const papers = view ? papersOf(view) : []
  if (view && papers.length > 0) return <Addition view={view} papers={papers} onChanged={reload} />
  return (
    <Page head={<NavBar title='补交' onBack={() => goBack('features/case/my-cases')} />}>
      <LoadedView<unknown> loaded={loaded} label='正在取这件要的材料' onRetry={reload} cards={2} rows={0}>
        {() => <Nothing id={id} />}
      </LoadedView>
    </Page>
  )
}

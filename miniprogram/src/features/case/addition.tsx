import { View } from '@tarojs/components'
import { useMemo } from 'react'
import type { ApplicationForm } from '#shared/contract/application'
import type { CaseView } from '#shared/contract/case'
import { goBack, replacePage, usePageParameter } from '../../platform/navigation'
import { useRequest } from '../../platform/use-request'
import { EmptyState } from '../../ui/feedback/empty-state'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Notice } from '../../ui/feedback/notice'
import { TroubleView } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { FieldError } from '../../ui/form/field'
import { StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { AnswerField } from '../application/parts/answer-field'
import { idOfPath } from '../application/parts/faults'
import { FormContext } from '../application/parts/form-context'
import { KeptNotice } from '../application/parts/kept-notice'
import { placeOfPaper } from '../application/parts/papers'
import { PaperPhotos } from '../application/parts/photo-row'
import { PhotosTold } from '../application/parts/photos-told'
import { ForWhom } from './parts/for-whom'
import { FormerCase } from './parts/former-case'
import { type Additions, additionsOf, carryToCorrection, useAddition } from './parts/use-addition'
import type { SheetWays } from './parts/use-correction'
import { useSheetWays } from './parts/use-sheet-ways'
import { listOf, toCase, useEscape } from './parts/way-back'
import '../../ui/styles/upload.css'
import '../application/parts/form.css'

interface AdditionProps {
  view: CaseView
  form: ApplicationForm
  additions: Additions
  ways: SheetWays
}

function Papers({ additions, sheet }: Pick<AdditionProps, 'additions'> & { sheet: Sheet }) {
  return additions.papers.map(({ name, sides, given, most }) => (
    <Card
      key={name}
      className='mt-3'
      title={name}
      side={<View className='small muted nowrap'>{given > 0 ? `交过 ${given} 张` : '没交过'}</View>}
    >
      <View className='mt-3' id={`field-${idOfPath(placeOfPaper(name))}`}>
        <PaperPhotos paper={{ name, sides }} photos={sheet.scope.photos} most={most} />
      </View>
      <FieldError id={placeOfPaper(name)} error={sheet.paperFaults.get(name)} />
    </Card>
  ))
}

type Sheet = ReturnType<typeof useAddition>

/** What was given stands beside it: the new one takes its place. */
function Fields({ view, additions, sheet }: Pick<AdditionProps, 'view' | 'additions'> & { sheet: Sheet }) {
  if (additions.fields.length === 0) return null
  return (
    <Card className='mt-3' title='换号码'>
      <View className='small muted mt-1'>没变的不用写。</View>
      {additions.fields.map((field) => {
        const before = view.answers.find(({ key }) => key === field.key)?.text ?? ''
        return (
          <View key={field.key} className='form-row'>
            <AnswerField
              field={field}
              path={field.key}
              value={sheet.scope.answers[field.key]}
              onChange={(value) => sheet.scope.setAnswer(field.key, value)}
            />
            {before !== '' && <View className='small muted mt-2'>现在的：{before}</View>}
          </View>
        )
      })}
    </Card>
  )
}

function Addition({ view, form, additions, ways }: AdditionProps) {
  const sheet = useAddition(view, form, additions, ways)
  useEscape(view.viewer === 'staff', 'staff/case/queue')
  return (
    <FormContext.Provider value={sheet.scope}>
      <Page
        head={<NavBar title={view.plainName} backTo={listOf(view)} />}
        foot={
          <StickyActionBar {...sheet.note}>
            <Button loading={sheet.isBusy ? '正在交，别关' : undefined} onPress={sheet.main.onPress}>
              {sheet.main.words}
            </Button>
          </StickyActionBar>
        }
      >
        <ForWhom view={view} />
        <Lead
          title='补交一样东西'
          note={`交过的都在，新拍的加在后面${additions.fields.length > 0 ? '，新写的号码换掉旧的' : ''}。期限不变，不用重新排队。`}
        />
        {sheet.hasArrived && (
          <Notice tone='info' icon='done' title='上次交的收到了' className='mb-3'>
            已经在这件里了，不用再交。
          </Notice>
        )}
        <AskedToo view={view} />
        <PhotosTold photos={sheet.scope.photos} saving={sheet.saving} />
        <Papers additions={additions} sheet={sheet} />
        <Fields view={view} additions={additions} sheet={sheet} />
        {sheet.trouble && (
          <View className='mt-3'>
            <TroubleView
              trouble={sheet.trouble}
              title='没交上去'
              kept='你拍的、写的都还在。'
              onRetry={sheet.submit}
              instead={sheet.newest}
            />
          </View>
        )}
      </Page>
    </FormContext.Provider>
  )
}

/** What an open notice asks is brought as its answer, with what was prepared here. */
function AskedToo({ view }: { view: CaseView }) {
  const { correction } = view
  if (!correction) return null
  return (
    <Notice
      tone='soon'
      icon='pen'
      title={`有 ${correction.items.length} 样在“补一补”里交`}
      className='mb-3'
      action={{ words: '去补一补', onPress: () => toCorrection(view) }}
    >
      {correction.items.map(({ label }) => label).join('、')}
      {'：办的人在等这几样。在这里拍的、写的，带过去。'}
    </Notice>
  )
}

function toCorrection(view: CaseView) {
  carryToCorrection(view)
  replacePage('features/case/correction', { id: view.id })
}

function Nothing({ view }: { view: CaseView }) {
  if (view.viewer === 'former') return <FormerCase view={view} />
  if (view.correction) return <AskedToo view={view} />
  return (
    <EmptyState
      title='现在不能补交'
      note={`这件现在：${view.nowText}。`}
      action={<Button onPress={() => toCase(view)}>看办到哪一步</Button>}
    />
  )
}

function AdditionPage() {
  const id = usePageParameter('id') ?? ''
  const { loaded, reload } = useRequest<CaseView>(`/api/cases/${encodeURIComponent(id)}`)
  const { round, ways } = useSheetWays(reload)
  const view = loaded.state === 'ready' ? loaded.value : undefined
  const asked = useRequest<ApplicationForm>(
    view?.mayAdd ? `/api/service-items/${encodeURIComponent(view.serviceItemId)}/form` : undefined,
  )
  const form = view?.mayAdd && asked.loaded.state === 'ready' ? asked.loaded.value : undefined
  const additions = useMemo(() => view && form && additionsOf(view, form), [view, form])
  if (view && form && additions && additions.papers.length + additions.fields.length > 0) {
    return <Addition key={round} view={view} form={form} additions={additions} ways={ways} />
  }
  const waits = view?.mayAdd ? asked : { loaded, reload }
  return (
    <Page head={<NavBar title='补交' onBack={() => goBack('tabs/case/my-cases')} />}>
      <LoadedView<unknown>
        loaded={waits.loaded}
        label='正在取这件要的东西'
        onRetry={waits.reload}
        cards={2}
        rows={0}
      >
        {() => view && <Nothing view={view} />}
      </LoadedView>
      <KeptNotice loaded={waits.loaded} of={id} />
    </Page>
  )
}

export default asPage(AdditionPage)

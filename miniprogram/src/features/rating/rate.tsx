import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { RATING_REASONS } from '#shared/contract/rating.labels'
import { isOver } from '#shared/domain/case/outcome/outcome-words'
import { call } from '../../platform/api'
import { goBack, replacePage, usePageParameter } from '../../platform/navigation'
import { useAction } from '../../platform/use-action'
import { useDraft } from '../../platform/use-draft'
import { useRequest } from '../../platform/use-request'
import { EmptyState } from '../../ui/feedback/empty-state'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { TroubleView } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { ReasonList } from '../../ui/form/choice-list'
import { type RatingLevel, StarRating } from '../../ui/form/star-rating'
import { TextArea } from '../../ui/form/text-input'
import { StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Section } from '../../ui/layout/section'
import { HOTLINE } from '../../ui/words/hotline'
import './rate.css'

const MY_CASES = 'tabs/case/my-cases'
/** 1 to 3 are content: GB/T 39734-2020. */
const WORST_CONTENT = 3

interface Draft {
  readonly level?: RatingLevel
  readonly reasons: readonly string[]
  readonly comment: string
}

const NOTHING: Draft = { reasons: [], comment: '' }

function useRating(id: string, onDone: () => unknown) {
  const { draft, change, forget } = useDraft<Draft>(`rating:${id}`, NOTHING)
  const { level, reasons, comment } = draft
  const [isPressed, setPressed] = useState(false)
  const { isBusy, trouble, run } = useAction()
  const words = comment.trim()
  const submit = () => {
    setPressed(true)
    if (level === undefined) return
    const body = { level, reasons, ...(words === '' ? {} : { comment: words }) }
    void run(
      () => call('POST', `/api/cases/${id}/rating`, body),
      () => {
        forget()
        return onDone()
      },
    )
  }
  const choose = (next: RatingLevel) => {
    // What was good is no answer to what was bad.
    const isTurned = level !== undefined && level <= WORST_CONTENT !== next <= WORST_CONTENT
    change({ ...draft, level: next, ...(isTurned ? { reasons: [] } : {}) })
  }
  return { draft, change, choose, isPressed, isBusy, trouble, submit }
}

type Rating = ReturnType<typeof useRating>

function Questions({ view, rating }: { view: CaseView; rating: Rating }) {
  const { draft, change, trouble } = rating
  const { level, reasons, comment } = draft
  const isContent = level === undefined || level <= WORST_CONTENT
  const options = (isContent ? RATING_REASONS.good : RATING_REASONS.bad).map((value) => ({
    value,
    label: value,
  }))
  return (
    <>
      <Lead title='这次办得怎么样？' note={view.plainName} />
      <StarRating value={level} onChange={rating.choose} />
      {level !== undefined && (
        <Section title={isContent ? '哪里好？' : '哪里不好？'} side='可不选'>
          <ReasonList
            label={isContent ? '哪里好' : '哪里不好'}
            options={options}
            values={reasons}
            onChange={(reasons) => change({ ...draft, reasons })}
          />
        </Section>
      )}
      <Section title='还想说的' side='可不填'>
        <TextArea
          id='comment'
          label='还想说的'
          placeholder='比如：晚上也能问到人，很方便'
          value={comment}
          maxLength={500}
          onChange={(comment) => change({ ...draft, comment })}
        />
      </Section>
      {trouble && (
        <View className='mt-3'>
          <TroubleView trouble={trouble} title='没交上去' kept='你写的都还在。' onRetry={rating.submit} />
        </View>
      )}
    </>
  )
}

function Closed({ view }: { view: CaseView }) {
  const { id } = view
  return view.rating ? (
    <EmptyState
      title={`谢谢，你评的是“${view.rating.text}”`}
      note={`一件事评一次。还有话说，打 ${HOTLINE}，或者到“我的”里找投诉建议。`}
      action={<Button onPress={() => replacePage('features/case/result', { id })}>看结果</Button>}
    />
  ) : (
    <EmptyState
      title={isOver(view.outcome) && view.outcome.key !== 'granted' ? '这件评不了' : '办好以后再评'}
      note='办到哪一步，在办件里看得到。'
      action={<Button onPress={() => replacePage('features/case/timeline', { id })}>看办到哪一步</Button>}
    />
  )
}

function RatePage() {
  const id = usePageParameter('id') ?? ''
  const { loaded, reload } = useRequest<CaseView>(`/api/cases/${encodeURIComponent(id)}`)
  const rating = useRating(id, reload)
  const mayRate = loaded.state === 'ready' && loaded.value.mayRate
  return (
    <Page
      head={<NavBar title='评一评' onBack={() => goBack(MY_CASES)} />}
      foot={
        mayRate && (
          <StickyActionBar
            note={
              rating.isPressed && rating.draft.level === undefined
                ? '先点一个脸，再提交'
                : '怎么评，都不影响你办的事'
            }
            alert={rating.isPressed && rating.draft.level === undefined}
          >
            <Button loading={rating.isBusy ? '正在交' : undefined} onPress={rating.submit}>
              提交评价
            </Button>
          </StickyActionBar>
        )
      }
    >
      <LoadedView loaded={loaded} label='正在打开评价' onRetry={reload} cards={1} rows={0}>
        {(view) => (view.mayRate ? <Questions view={view} rating={rating} /> : <Closed view={view} />)}
      </LoadedView>
    </Page>
  )
}

export default asPage(RatePage)

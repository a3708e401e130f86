import { View } from '@tarojs/components'
import { type PropsWithChildren, useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { pressable } from '../../../platform/aria'
import type { PaperView } from '../../../platform/use-files'
import { classNames } from '../../../ui/class-names'
import { Button } from '../../../ui/form/button'
import { DueLight } from '../../../ui/progress/due-light'
import { caseNumberWords } from '../../../ui/words/case-number'
import { nearestLight } from './clocks'
import { notedCount, noteForPaper, noticeFor } from './correction-notes'
import { Kbd } from './kbd'
import { type Compared, compare, provenOf, useCompared } from './use-compared'
import { namedWords } from './words'

type Fact = CaseView['answers'][number]

const BLURRED = '看不清，重新拍一张'
const otherWords = ({ label }: Fact) => `“${label}”和填的不一样`
const MARKS = { same: '一样', other: '不一样' } as const satisfies Record<Compared, string>

/** What a paper is compared with, one answer after the other; what is found wanting goes into the notice, where one may be sent. */
export function useFacts(view: CaseView, paper: PaperView | undefined) {
  const markOf = useCompared()
  // What is noted stands on the phone, and tells nobody that it has changed.
  const [, setNotes] = useState(0)
  const { isAll, rows } = provenOf(view, paper)
  const notice = noticeFor(view, paper?.name)
  const left = rows.filter((row) => markOf(paper, row) === undefined)
  const note = (phrase: string, isOn: boolean) => {
    if (!paper || !notice) return
    noteForPaper({ caseId: view.id, unitId: notice.unitId }, paper.name, phrase, isOn)
    setNotes((times) => times + 1)
  }
  const mark = (row: Fact | undefined, as: Compared) => {
    if (!paper || !row) return
    compare(paper, row, as)
    note(otherWords(row), as === 'other')
  }
  const blurred = notice && (() => note(BLURRED, true))
  const keys: readonly (readonly [string, () => void])[] = [
    ...(rows.length > 0
      ? [['y', () => mark(left[0], 'same')] as const, ['n', () => mark(left[0], 'other')] as const]
      : []),
    ...(blurred ? [['b', blurred] as const] : []),
  ]
  return { isAll, rows, left, notice, mark, blurred, keys, markOf }
}

interface ViewerFactsProps {
  view: CaseView
  paper: PaperView | undefined
  facts: ReturnType<typeof useFacts>
  onCorrect: (notice: AllowedAction) => void
}

function FactRow({
  row,
  at,
  facts,
  paper,
}: Pick<ViewerFactsProps, 'facts' | 'paper'> & { row: Fact; at: number }) {
  const { left, mark, markOf } = facts
  const is = markOf(paper, row)
  const { label, text } = row
  return (
    <View className={classNames('viewer__fact', row === left[0] && 'is-current')}>
      <View className='viewer__at' aria-hidden='true'>
        {at + 1}
      </View>
      <View className='grow'>
        <View className='small muted'>{label}</View>
        <View>{text}</View>
      </View>
      <View className='viewer__marks'>
        {(['same', 'other'] as const).map((as) => (
          <View
            key={as}
            className={classNames('viewer__mark', is === as && `is-${as}`)}
            {...pressable(() => mark(row, as), {
              label: `${label}${MARKS[as]}${is === as ? '，选了' : ''}`,
            })}
          >
            {MARKS[as]}
          </View>
        ))}
      </View>
    </View>
  )
}

function leftWords({ rows, left, notice }: ViewerFactsProps['facts']) {
  const uncompared = left.length > 0 ? `还有 ${left.length} 项没对，也能过。` : '都对过了。'
  if (rows.length === 0) return notice ? '看不清的记进补正单。' : ''
  return notice ? `${uncompared}不一样、看不清的记进补正单。` : uncompared
}

/** Beside the photo: what it is to prove, and what one goes on with (`children`). */
export function ViewerFacts({
  view,
  paper,
  facts,
  onCorrect,
  children,
}: PropsWithChildren<ViewerFactsProps>) {
  const { isAll, rows, left, notice, blurred } = facts
  const asked = view.staff?.supplement?.items.find(
    ({ kind, name }) => kind === 'material' && name === paper?.name,
  )
  const noted = notice ? notedCount({ caseId: view.id, unitId: notice.unitId }) : 0
  const { light, words } = nearestLight(view)
  const isFormer = paper !== undefined && !view.papers.some(({ name }) => name === paper.name)
  return (
    <View className='viewer__side'>
      <View className='viewer__case'>
        <View className='row row--between row--wrap gap-2'>
          <View className='strong'>{view.plainName}</View>
          <DueLight light={light} words={words} />
        </View>
        <View className='small muted figure'>
          {[caseNumberWords(view.caseNumber), namedWords(view), view.villageName].filter(Boolean).join(' · ')}
        </View>
      </View>
      <View className='viewer__facts'>
        {isFormer && <View>这是原来交的，对着补来的看。</View>}
        {paper?.state === 'provided' && !isFormer && (
          <View className='today strong'>交上来的，没有哪个部门核过，真不真由你看</View>
        )}
        {asked && <View className='mt-2'>上次要的：{asked.reason}</View>}
        {!isFormer && (
          <View className='mt-3'>
            <View className='strong'>{isAll ? '照着申请内容看' : `这份要证明 ${rows.length} 项`}</View>
            {rows.length > left.length && (
              <View className='small muted'>对完 {rows.length - left.length} 项</View>
            )}
          </View>
        )}
        {rows.map((row, at) => (
          <FactRow key={row.key} {...{ row, at, facts, paper }} />
        ))}
      </View>
      <View className='viewer__foot'>
        <View className='viewer__acts sheet__actions'>
          {children}
          {blurred && (
            <Button kind='secondary' label='看不清' onPress={blurred}>
              看不清
              <Kbd letter='b' />
            </Button>
          )}
        </View>
        <View className='small muted'>{leftWords(facts)}</View>
        {notice && noted > 0 && (
          <View className='look' {...pressable(() => onCorrect(notice))}>
            补正单上有 {noted} 样，去补正
          </View>
        )}
      </View>
    </View>
  )
}

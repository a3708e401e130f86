import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import type { CaseView } from '#shared/contract/case'
import { pressable } from '../../../platform/aria'
import { isImage, type PaperView } from '../../../platform/use-files'
import { classNames } from '../../../ui/class-names'
import { Notice } from '../../../ui/feedback/notice'
import { Paper, PaperList, type PaperState } from '../../../ui/progress/paper'
import { Card } from '../../../ui/surface/card'
import { Tag } from '../../../ui/surface/tag'
import { Kbd } from './kbd'
import { usePaperViewer } from './use-paper-viewer'
import { useSeen } from './use-seen'
import { isOver } from './words'

export const STATES = {
  generated: { state: 'given', note: '表上填的就算，没有另外交' },
  exempt: { state: 'free', note: '证照库里有，没让申请人交' },
  provided: { state: 'brought', note: '交上来的，没有哪个部门核过' },
  'not-given': { state: 'optional', note: undefined },
} as const satisfies Record<PaperView['state'], { state: PaperState; note: string | undefined }>

const whatOf = ({ files }: PaperView) => {
  if (!files.every(isImage)) return '文件'
  return files.length > 1 ? `${files.length} 张照片` : '照片'
}

interface SideProps {
  paper: PaperView
  isOpening: boolean
  onOpen: () => void
  /** Undefined once the case is over: nobody has to look any more. */
  wasSeen: boolean | undefined
  /** At a desk: the key that opens it. */
  letter?: string | undefined
}

export function Side({ paper, isOpening, onOpen, wasSeen, letter }: SideProps) {
  const { state, files, name } = paper
  if (files.length === 0) {
    if (state === 'not-given') return <Tag>没交</Tag>
    return state === 'exempt' ? <Tag tone='free'>已免</Tag> : null
  }
  const what = whatOf(paper)
  return (
    <View className='row gap-2 fixed'>
      {wasSeen !== undefined && (
        <View className={classNames('small', wasSeen ? 'calm' : 'today')}>
          {wasSeen ? '看过了' : '还没看'}
        </View>
      )}
      <View className='look' {...pressable(onOpen, { label: `看${name}的${what}` })}>
        {isOpening ? '正在取' : `看${what}`}
        {letter !== undefined && <Kbd letter={letter} />}
      </View>
    </View>
  )
}

function lookWords(view: CaseView, isSeen: ReturnType<typeof useSeen>) {
  const brought = view.papers.filter(({ files }) => files.length > 0)
  const left = brought.filter((paper) => !isSeen(paper)).length
  if (brought.length === 0) return ''
  if (left === 0) return '都看过了'
  return isOver(view) ? `${brought.length} 份是交上来的` : `${left} 份要看`
}

function summaryOf(view: CaseView, isSeen: ReturnType<typeof useSeen>) {
  const free = view.papers.filter(({ state }) => state === 'exempt').length
  return [free > 0 && `${free} 份免交`, lookWords(view, isSeen)].filter(Boolean).join('，')
}

export interface PapersProps {
  view: CaseView
}

export function PapersCard({ view, children }: PropsWithChildren<PapersProps>) {
  return (
    <Card
      title={`材料 ${view.papers.length} 份`}
      side={<View className='caption muted'>{summaryOf(view, useSeen())}</View>}
      className='mt-3'
    >
      {children}
    </Card>
  )
}

const sourceOf = (paper: PaperView) => STATES[paper.state].note ?? (paper.source || undefined)

/** Beside where it comes from: that it came as an answer, or after the case had been accepted. */
export function createNotes({ staff }: CaseView) {
  const changed = new Set(staff?.changedSince.flatMap(({ papers }) => papers))
  const fresh = new Set(staff?.newFiles)
  return (paper: PaperView) => (
    <>
      {paper.files.some(({ id }) => fresh.has(id)) && <Tag tone='must'>新</Tag>}
      {changed.has(paper.name) && <View className='strong'>受理以后改过</View>}
      {sourceOf(paper)}
    </>
  )
}

/** It was only looked at: nothing was sent that might have arrived. */
export const NotBrought = () => (
  <Notice tone='late' title='没取到' className='mt-3'>
    看看信号，再点一次。
  </Notice>
)

/** On the phone WeChat's own viewer shows the pictures. */
export function Papers({ view }: PapersProps) {
  const { papers } = view
  const noteOf = createNotes(view)
  const { files, isSeen, open } = usePaperViewer(view, papers)
  if (papers.length === 0) return null
  return (
    <PapersCard view={view}>
      <PaperList>
        {papers.map((paper) => (
          <Paper
            key={paper.name}
            name={paper.name}
            state={STATES[paper.state].state}
            note={noteOf(paper)}
            side={
              <Side
                paper={paper}
                isOpening={files.opening === paper.name}
                onOpen={() => open(paper)}
                wasSeen={isOver(view) ? undefined : isSeen(paper)}
              />
            }
          />
        ))}
      </PaperList>
      {files.trouble && <NotBrought />}
    </PapersCard>
  )
}

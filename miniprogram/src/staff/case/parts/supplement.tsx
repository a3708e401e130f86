import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { platform } from '../../../platform'
import { pressable } from '../../../platform/aria'
import { isImage, type PaperView, useFiles } from '../../../platform/use-files'
import { classNames } from '../../../ui/class-names'
import { Card } from '../../../ui/surface/card'
import { Tag } from '../../../ui/surface/tag'
import { dayWords, momentWords } from '../../../ui/words/dates'
import { openNotice } from './correction-notes'
import { mayJudge, useJudged } from './judged'
import { PaperViewer } from './paper-viewer'
import { Thumb } from './thumb'
import { useDesk } from './use-desk'
import { see, useSeen } from './use-seen'
import type { ViewerPlace } from './viewer-place'

type Supplement = NonNullable<NonNullable<CaseView['staff']>['supplement']>
type Item = Supplement['items'][number]

/** As a paper of its own, to be looked at beside the one that came in its place. */
function formerPaper({ label, formerFiles }: Item): PaperView {
  return { name: `${label}，原来的`, state: 'provided', source: '', files: formerFiles, withheld: null }
}

/** What is shown of one thing: as it was, and as it came; where nothing came that is the same. */
function photosOf(view: CaseView, item: Item) {
  const now = item.kind === 'material' && item.came && view.papers.find(({ name }) => name === item.name)
  return { former: formerPaper(item), now: now || undefined }
}

/** Old and new in turn, over the desk or in WeChat's own viewer. */
function useLooking(view: CaseView, items: readonly Item[]) {
  const isDesk = useDesk()
  const files = useFiles()
  const isSeen = useSeen()
  const [viewing, setViewing] = useState<ViewerPlace>()
  const papers = items
    .map((item) => photosOf(view, item))
    .flatMap(({ former, now }) => (now ? [former, now] : [former]))
    .filter((paper) => paper.files.length > 0)
  const open = async (paper: PaperView, at: number) => {
    const place = papers.findIndex(({ name }) => name === paper.name)
    if (isDesk) return setViewing({ paper: place, file: at })
    const { pictures, others, came } = await files.bringAll(paper)
    see(...came)
    const [first] = pictures
    if (first) return platform.previewImage(pictures[at] ?? first, pictures)
    for (const source of others) platform.openFile(source)
  }
  const over = viewing && (
    <PaperViewer
      view={view}
      papers={papers}
      start={viewing}
      isSeen={isSeen}
      onSeen={see}
      bring={files.bring}
      onClose={() => setViewing(undefined)}
      onCorrect={(notice) => {
        setViewing(undefined)
        openNotice(view.id, notice)
      }}
    />
  )
  return { bring: files.bring, open: (paper: PaperView, at: number) => void open(paper, at), over }
}

interface PhotosProps extends Pick<ReturnType<typeof useLooking>, 'bring' | 'open'> {
  paper: PaperView
  caption: string
}

function Photos({ paper, caption, bring, open }: PhotosProps) {
  return (
    <View className='thumbs supplement__photos'>
      {paper.files.map((file, at) =>
        isImage(file) ? (
          <Thumb
            key={file.id}
            {...{ file, bring, caption }}
            isWhole
            label={`看${paper.name}，第 ${at + 1} 张`}
            onOpen={() => open(paper, at)}
          />
        ) : (
          <View
            key={file.id}
            className='look'
            {...pressable(() => open(paper, at), { label: `看${paper.name}的文件` })}
          >
            看文件
          </View>
        ),
      )}
    </View>
  )
}

const JUDGED = { enough: '够了', short: '还不行' } as const

interface JudgeProps extends ReturnType<typeof useJudged> {
  item: Item
}

function Judge({ item, judgedOf, judge }: JudgeProps) {
  return (
    <View className='judge'>
      {(['enough', 'short'] as const).map((as) => (
        <View
          key={as}
          className={classNames('judge__mark', judgedOf(item) === as && 'is-on')}
          {...pressable(() => judge(item, as), {
            role: 'radio',
            checked: judgedOf(item) === as,
            label: `${item.label}，${JUDGED[as]}`,
          })}
        >
          {JUDGED[as]}
        </View>
      ))}
    </View>
  )
}

const formerWords = ({ kind, formerFiles, formerText }: Item) => {
  if (kind === 'material') return formerFiles.length > 0 ? null : '原来没有交'
  return formerText === null ? '原来没有填' : `原来填的：${formerText}`
}

function nowWords({ answers }: CaseView, { kind, name, came }: Item) {
  if (kind === 'field') return answers.find(({ key }) => key === name)?.text ?? ''
  return came ? null : '没有换'
}

/** The answer moves the last days: the new one beside the one that stood before. */
function movedWords({ staff }: CaseView, { formerly, begunAnew }: Supplement) {
  const told = [
    { kind: 'acceptance', does: '最晚受理', was: formerly.acceptOn },
    { kind: 'promised', does: '最晚办好', was: formerly.promisedOn },
  ].flatMap(({ kind, does, was }) => {
    const now = staff?.clocks.find((clock) => clock.kind === kind)?.dueOn
    return now && was && now !== was ? [`${does} ${dayWords(now)}（原来 ${dayWords(was)}）`] : []
  })
  const why = begunAnew ? '日子从补来那天重新算' : '等补的这些天不算'
  return told.length > 0 && `${why}：${told.join('，')}。`
}

function cameWords({ askedOn, byUnit, dueOn, suppliedAt, items }: Supplement) {
  const until = dueOn === null ? '' : `，最晚 ${dayWords(dueOn)} 补`
  const came = items.every((item) => item.came) ? '交齐' : '交来'
  return `${dayWords(askedOn)} ${byUnit}要的${until}；${momentWords(suppliedAt)} ${came}`
}

function Supplied({ view, supplement }: { view: CaseView; supplement: Supplement }) {
  const { items } = supplement
  const looking = useLooking(view, items)
  const judged = useJudged(view, supplement)
  const moved = movedWords(view, supplement)
  return (
    <Card title={`补来了，对一对这 ${items.length} 样`} className='mt-3'>
      <View className='small muted'>{cameWords(supplement)}</View>
      {moved && <View className='small muted'>{moved}</View>}
      {items.map((item) => {
        const { former, now } = photosOf(view, item)
        const [was, is] = [formerWords(item), nowWords(view, item)]
        return (
          <View key={`${item.kind} ${item.name}`} className='document supplement'>
            <View className='supplement__half'>
              <View className='strong'>{item.label}</View>
              <View className='small muted'>要的：{item.reason}</View>
              {was !== null && <View className='small mt-1'>{was}</View>}
              <Photos paper={former} caption='原来的' {...looking} />
            </View>
            <View className='supplement__half'>
              {item.came ? <Tag tone='must'>新</Tag> : <Tag>和原来一样</Tag>}
              {is !== null && <View className='mt-1'>{is}</View>}
              {now && <Photos paper={now} caption='补来的' {...looking} />}
              {mayJudge(view) && <Judge item={item} {...judged} />}
            </View>
          </View>
        )
      })}
      {looking.over}
    </Card>
  )
}

/** What was asked for, as it was, stands beside what came. */
export function Supplement({ view }: { view: CaseView }) {
  const supplement = view.staff?.supplement
  return supplement ? <Supplied key={view.id} view={view} supplement={supplement} /> : null
}

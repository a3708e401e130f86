import { Text, View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { aria, pressable, tabStop } from '../../../platform/aria'
import { isImage, type PaperView } from '../../../platform/use-files'
import { classNames } from '../../../ui/class-names'
import { Card } from '../../../ui/surface/card'
import { Tag } from '../../../ui/surface/tag'
import { dayWords, momentWords } from '../../../ui/words/dates'
import { JUDGE_LETTERS, mayJudge, useJudged } from './judged'
import { Kbd } from './kbd'
import { Thumb } from './thumb'
import { useDesk, useKeyboardThere } from './use-desk'
import { useKeys } from './use-keys'
import { usePaperViewer } from './use-paper-viewer'
import { letterOfPaper } from './words'

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

/** Old and new in turn. */
function useLooking(view: CaseView, items: readonly Item[]) {
  const papers = items
    .map((item) => photosOf(view, item))
    .flatMap(({ former, now }) => (now ? [former, now] : [former]))
    .filter((paper) => paper.files.length > 0)
  return usePaperViewer(view, papers)
}

interface PhotosProps extends Pick<ReturnType<typeof usePaperViewer>, 'files' | 'open'> {
  paper: PaperView
  caption: string
  /** At a desk: the key that opens it among the papers of the case. */
  letter?: string | undefined
}

function Photos({ paper, caption, letter, files: { bring }, open }: PhotosProps) {
  return (
    <View className='thumbs supplement__photos'>
      {paper.files.map((file, at) =>
        isImage(file) ? (
          <Thumb
            key={file.id}
            {...{ file, bring, caption, letter }}
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

interface JudgeProps extends Pick<ReturnType<typeof useJudging>, 'judgedOf' | 'judge' | 'isNext'> {
  item: Item
}

function Judge({ item, judgedOf, judge, isNext }: JudgeProps) {
  const hasKeys = useKeyboardThere()
  return (
    <View className='judge' {...aria({ role: 'radiogroup', label: `${item.label}，够不够` })}>
      {(['enough', 'short'] as const).map((as) => (
        <View
          key={as}
          className={classNames('judge__mark', judgedOf(item) === as && 'is-on')}
          {...pressable(() => judge(item, as), {
            role: 'radio',
            checked: judgedOf(item) === as,
            label: `${item.label}，${JUDGED[as]}`,
          })}
          {...tabStop(as === (judgedOf(item) ?? 'enough'))}
        >
          {JUDGED[as]}
          {hasKeys && isNext(item) && <Kbd letter={JUDGE_LETTERS[as]} />}
        </View>
      ))}
    </View>
  )
}

/** By key what is not judged yet, one thing after the other; then the last one once more. */
function useJudging(view: CaseView, supplement: Supplement) {
  const judged = useJudged(view, supplement)
  const { items } = supplement
  const next = mayJudge(view)
    ? (items.find((item) => judged.judgedOf(item) === undefined) ?? items[items.length - 1])
    : undefined
  const by = (as: keyof typeof JUDGED) => next && (() => judged.judge(next, as))
  useKeys({ [JUDGE_LETTERS.enough]: by('enough'), [JUDGE_LETTERS.short]: by('short') })
  return { ...judged, isNext: (item: Item) => item === next }
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
  // A server of before does not tell which.
  const why = begunAnew ? '日子从补来那天重新算' : begunAnew === false ? '等补的这些天不算' : '日子改了'
  return told.length > 0 && `${why}：${told.join('，')}。`
}

function cameWords({ askedOn, byUnit, dueOn, suppliedAt, items }: Supplement) {
  const until = dueOn === null ? '' : `，最晚 ${dayWords(dueOn)} 补`
  const came = items.every((item) => item.came) ? '交齐' : '交来'
  return `${dayWords(askedOn)} ${byUnit}要的${until}；${momentWords(suppliedAt)} ${came}`
}

/** Where it is not enough: a notice is given once, and again only as somebody allows. */
function furtherWords({ staff }: CaseView) {
  if (staff?.allowed.some(({ action }) => action === 'request-correction'))
    return '要是还不行：能再发一次补正。'
  const asked = staff?.approvalChoices.find((each) => each.for === 'request-correction')
  return asked && `要是还不行：补正告知过一次了，再发要${asked.askedOf}同意，点“请示审批”。`
}

function Supplied({ view, supplement }: { view: CaseView; supplement: Supplement }) {
  // A server of before does not tell.
  const { items, elsewhere = '' } = supplement
  const further = furtherWords(view)
  const isDesk = useDesk()
  const looking = useLooking(view, items)
  const judging = useJudging(view, supplement)
  const moved = movedWords(view, supplement)
  const same = items.filter(({ came }) => !came).length
  return (
    <Card
      title={`${supplement.begunAnew === false ? '受理后' : ''}补来了，对一对这 ${items.length} 样`}
      side={
        <View className='small muted'>
          {same > 0 && <Text className='strong'>{same} 样和原来一样 </Text>}
          {elsewhere === null && '别的没动过'}
        </View>
      }
      className='mt-3'
    >
      {elsewhere && <View className='strong today mt-2'>别的也动过。{elsewhere}</View>}
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
              {now && (
                <>
                  <Photos
                    paper={now}
                    caption='补来的'
                    letter={isDesk ? letterOfPaper(view, now.name) : undefined}
                    {...looking}
                  />
                  <View className={classNames('small', looking.isSeen(now) ? 'calm' : 'today')}>
                    {looking.isSeen(now) ? '看过了' : '还没看'}
                  </View>
                </>
              )}
              {mayJudge(view) && <Judge item={item} {...judging} />}
            </View>
          </View>
        )
      })}
      <View className='small muted mt-2'>{cameWords(supplement)}</View>
      {moved && <View className='small muted'>{moved}</View>}
      {further && <View className='small muted'>{further}</View>}
      {mayJudge(view) && (
        <View className='small muted'>“够了”“还不行”只记在你用的这台上，换一台要再点。</View>
      )}
      {looking.over}
    </Card>
  )
}

/** What was asked for, as it was, stands beside what came. */
export function Supplement({ view }: { view: CaseView }) {
  const supplement = view.staff?.supplement
  return supplement ? <Supplied key={view.id} view={view} supplement={supplement} /> : null
}

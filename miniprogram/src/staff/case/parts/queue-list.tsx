import { Text, View } from '@tarojs/components'
import type { ComponentType } from 'react'
import type { Queue } from '#shared/contract/work'
import { hasResult } from '#shared/domain/case/outcome/outcome-words'
import { plainStepName } from '#shared/domain/service-item/step-name'
import { outcomeLamp } from '../../../features/time-limit/parts/outcome-lamp'
import { aria, pressable, pressedLook, tabStop } from '../../../platform/aria'
import { classNames } from '../../../ui/class-names'
import { EarlierNotice } from '../../../ui/feedback/earlier-notice'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { Notice } from '../../../ui/feedback/notice'
import { Skeleton } from '../../../ui/feedback/skeleton'
import { Button } from '../../../ui/form/button'
import { SearchBox } from '../../../ui/form/search-box'
import { DueLight } from '../../../ui/progress/due-light'
import { Icon } from '../../../ui/surface/icon'
import { LoadFault } from './load-fault'
import { NoOwnWork, ToArrange, useOwnWork } from './no-own-work'
import { keyOf, type QueueItem, type Tab } from './queue-place'
import { TypedObjections } from './typed-objections'
import type { QueueProps } from './use-queue'
import { countWords, doingWords, shortNumberWords } from './words'
import { todayHeading, workLight } from './work-light'

export const TABS = {
  'to-do': { name: '待我办', empty: '都办完了', note: '来了新办件，会在这里，也会在微信里提醒你。' },
  'waits-for-applicant': {
    name: '等申请人',
    empty: '没有等申请人的',
    note: '发出补正以后，等对方补的件在这里。',
  },
  paused: {
    name: '暂停计时',
    empty: '没有暂停的',
    note: '听证、检验、专家评审这些时候，件停在这里。没有申请人的停在“待我办”。',
  },
  done: { name: '我办过的', empty: '还没有办过的', note: '你办过一步的件都在这里，新办的在前。' },
  unstaffed: { name: '无人办', empty: '每一步都有人办', note: '岗位上没有人的件会在这里。' },
} as const satisfies Record<Tab, { name: string; empty: string; note: string }>

/** Where there may still be something, when one list is empty. */
const OTHERS = ['to-do', 'waits-for-applicant', 'paused'] as const satisfies readonly Tab[]

export const countOf = (counts: Queue['counts'] | undefined, tab: Tab) =>
  counts === undefined || tab === 'done' ? undefined : countWords(counts[tab])

/** As a reader hears it; how much one has done is counted nowhere. */
const tabWords = (counts: Queue['counts'] | undefined, tab: Tab) =>
  tab === 'done' ? TABS[tab].name : `${TABS[tab].name}，${countOf(counts, tab) ?? 0} 件`

export interface TabsProps {
  counts: Queue['counts'] | undefined
  tab: Tab
  onTab: (tab: Tab) => void
}

/** 无人办 is for those who see such work at all. */
export const tabsFor = (counts: Queue['counts'] | undefined, tab: Tab) =>
  (Object.keys(TABS) as Tab[]).filter(
    (each) => each !== 'unstaffed' || tab === 'unstaffed' || (counts?.unstaffed ?? 0) > 0,
  )

export function QueueTabs({ counts, tab, onTab }: TabsProps) {
  return (
    <View className='count-row' {...aria({ role: 'tablist', label: '办件' })}>
      {tabsFor(counts, tab).map((each) => (
        <View
          key={each}
          className={classNames('count', each === tab && 'is-current')}
          {...pressable(() => onTab(each), {
            role: 'tab',
            selected: each === tab,
            label: tabWords(counts, each),
          })}
          {...tabStop(each === tab)}
        >
          <View className='count__n'>
            {each === 'done' ? <Icon name='done' /> : (countOf(counts, each) ?? '–')}
          </View>
          <View className='count__w'>{TABS[each].name}</View>
        </View>
      ))}
    </View>
  )
}

interface QueueSearchProps {
  search: QueueProps['search']
  /** At a desk: each key press that asks for the box counts one more. */
  asked?: number
  onEnter?: () => void
}

export function QueueSearch({ search, asked, onEnter }: QueueSearchProps) {
  return (
    <View className='queue-search'>
      <SearchBox
        compact
        value={search.typed}
        onChange={search.setTyped}
        placeholder='编号、姓名、事项'
        asked={asked}
        onEnter={onEnter}
      />
    </View>
  )
}

type LightKind = NonNullable<QueueItem['light']>['kind']
const GROUPS: Readonly<Record<Exclude<LightKind, 'late' | 'today'>, string>> = {
  soon: '快到期',
  calm: '还早',
  unknown: '还早',
  paused: '停着',
}

function groupOf({ light }: QueueItem) {
  if (light === null) return '办完的'
  return light.kind === 'late' || light.kind === 'today' ? todayHeading() : GROUPS[light.kind]
}

function groupsOf(items: readonly QueueItem[], listed: 'queue' | 'search' | 'done') {
  if (listed !== 'queue') return [{ name: listed === 'done' ? '我办过的' : '找到的', items: [...items] }]
  const groups: { name: string; items: QueueItem[] }[] = []
  for (const item of items) {
    const last = groups[groups.length - 1]
    if (last?.name === groupOf(item)) last.items.push(item)
    else groups.push({ name: groupOf(item), items: [item] })
  }
  return groups
}

/** For a selector. */
export const rowIdOf = ({ caseId, stepKey, department }: QueueItem) =>
  ['row', caseId, stepKey, ...(department ? [department.unitId] : [])].join('-')
/** Masked names are often the same: day and number tell two of them apart. */
const whoOf = ({ applicantMasked, villageName, caseNumber }: QueueItem) =>
  [applicantMasked, villageName, shortNumberWords(caseNumber)].filter(Boolean).join(' · ')
/** The same as it is drawn: no line ends within day and number. */
export function Who({ item: { applicantMasked, villageName, caseNumber } }: { item: QueueItem }) {
  return (
    <>
      {[applicantMasked, villageName].filter(Boolean).map((part) => `${part} · `)}
      <Text className='nowrap'>{shortNumberWords(caseNumber)}</Text>
    </>
  )
}
/** With whose share of several it is. */
const stepOf = ({ stepName, department }: QueueItem) =>
  [plainStepName(stepName), department?.name].filter(Boolean).join(' · ')
const titleOf = (item: QueueItem) => `${item.plainName} · ${stepOf(item)}`

const buttonOf = ({ firstAction }: QueueItem) =>
  firstAction === null ? '看一看' : `去${doingWords(firstAction)}`

/** What was decided stands before what is left of it. */
const nextWords = ({ outcome, note }: QueueItem) =>
  outcome && hasResult(outcome) && outcome.word !== note ? `${outcome.word}；${note}` : note

/** What was found, to whoever looked for it; where it was handed on to is its note. */
const RELATION_WORDS = {
  'to-do': '在你手上',
  waiting: '停在你这里',
  acted: '你办过',
  post: '到过你的岗位',
  'handed-on': null,
} as const satisfies Record<NonNullable<QueueItem['relation']>, string | null>

/** Under a row; of what was found first why it was found here. */
export function lineOf(item: QueueItem, isFound: boolean) {
  const relation = isFound && item.relation !== null ? RELATION_WORDS[item.relation] : null
  return [relation, item.light === null ? null : nextWords(item)].filter(Boolean).join(' · ')
}

/** By when; what is done or handed on says that in its place. */
export function Standing({ item, doing }: { item: QueueItem; doing: string }) {
  if (item.light === null)
    return item.outcome ? (
      <DueLight {...outcomeLamp({ outcome: item.outcome, light: null })} />
    ) : (
      <View className='small muted'>{item.note}</View>
    )
  return <DueLight {...workLight(item.light, doing)} />
}

interface CardProps {
  item: QueueItem
  isFirst: boolean
  isFound: boolean
  onOpen: () => void
}

function QueueCard({ item, isFirst, isFound, onOpen }: CardProps) {
  const line = lineOf(item, isFound)
  return (
    // The whole card answers a finger; keys and readers have the button, since a button may not stand in a button.
    <View
      id={rowIdOf(item)}
      className='queue-card'
      {...aria({ role: 'group' })}
      {...pressedLook()}
      onClick={onOpen}
    >
      <View className='queue-card__top'>
        <Standing item={item} doing={doingWords(item.firstAction)} />
      </View>
      <View className='queue-card__foot'>
        <View className='grow'>
          <View className='queue-card__name'>{titleOf(item)}</View>
          <View className='queue-card__who'>
            <Who item={item} />
          </View>
          {line !== '' && <View className='queue-card__next'>{line}</View>}
        </View>
        <Button
          small
          kind={isFirst ? 'primary' : 'secondary'}
          label={`${buttonOf(item)}，${titleOf(item)}，${whoOf(item)}`}
          onPress={onOpen}
        >
          {buttonOf(item)}
        </Button>
      </View>
    </View>
  )
}

export interface RowProps {
  item: QueueItem
  isFound: boolean
  isOpen: boolean
  onOpen: () => void
}

interface QueueListProps extends QueueProps {
  /** At a desk: a row that opens beside the list, in place of a card. */
  Row?: ComponentType<RowProps>
  /** At a desk: the row that stands open. */
  openKey?: string | undefined
  onOpen: (item: QueueItem) => void
}

const NOT_FOUND = {
  empty: '没有找到',
  note: '在等你办的和经你手的件里找，办完的也在。写姓名里的两个字、店名、事项、村，或者编号里的几位；一个字只当姓来找。本人说不是自己申请的，不按姓名找，写编号或者事项。',
}

const ORDERS = { queue: '先到期在前', search: '新的在前', done: '新办的在前' } as const

function Groups({ queue, tab, search, openKey, Row, onOpen }: QueueListProps) {
  const listed = search.words !== null ? 'search' : tab === 'done' ? 'done' : 'queue'
  const [first] = queue.items
  return (
    <>
      {groupsOf(queue.items, listed).map((group, at) => (
        <View key={keyOf(group.items[0] as QueueItem)}>
          <View className={Row ? 'qsep' : 'queue-group'}>
            <View className='queue-group__name'>{group.name}</View>
            {!queue.hasMore && <View>{group.items.length} 件</View>}
            {!Row && at === 0 && <View className='push'>{ORDERS[listed]}</View>}
          </View>
          {group.items.map((item) =>
            Row ? (
              <Row
                key={keyOf(item)}
                item={item}
                isFound={listed === 'search'}
                isOpen={keyOf(item) === openKey}
                onOpen={() => onOpen(item)}
              />
            ) : (
              <QueueCard
                key={keyOf(item)}
                item={item}
                isFirst={item === first}
                isFound={listed === 'search'}
                onOpen={() => onOpen(item)}
              />
            ),
          )}
        </View>
      ))}
    </>
  )
}

/** What was typed against notices stands before the cases: it has no day of its own, and each waits to be read. */
export function QueueList(props: QueueListProps) {
  return (
    <>
      {props.tab === 'to-do' && props.search.words === null && (
        <TypedObjections onSettled={() => void props.queue.reload()} />
      )}
      <Listed {...props} />
    </>
  )
}

function Listed(props: QueueListProps) {
  const { queue, tab, onTab, search } = props
  const { loaded } = queue
  const ownWork = useOwnWork()
  if (loaded.state === 'failed')
    return <LoadFault trouble={loaded.trouble} onRetry={() => void queue.reload()} />
  if (!queue.isReady) return <Skeleton label='正在取办件' cards={3} rows={0} />
  if (queue.items.length === 0) {
    if (search.words === null && tab === 'to-do' && ownWork.isNone)
      return <NoOwnWork unstaffed={queue.counts?.unstaffed} onLook={() => onTab('unstaffed')} />
    const words = search.words === null ? TABS[tab] : NOT_FOUND
    const other =
      search.words === null
        ? OTHERS.find((each) => each !== tab && (queue.counts?.[each] ?? 0) > 0)
        : undefined
    return (
      <EmptyState
        title={words.empty}
        note={words.note}
        action={
          other && (
            <Button kind='secondary' small onPress={() => onTab(other)}>
              看{TABS[other].name}的 {countOf(queue.counts, other)} 件
            </Button>
          )
        }
      />
    )
  }
  return (
    <>
      <EarlierNotice loaded={loaded} onRetry={queue.reload} />
      <ToArrange tab={tab} />
      <Groups {...props} />
      {queue.trouble && (
        <Notice tone='late' title='没取到后面的' className='mt-3'>
          {queue.trouble.title}。上面的都还在，再点一次。
        </Notice>
      )}
      {queue.hasMore && (
        <View className='more'>
          <Button
            kind='quiet'
            block
            loading={queue.isBusy ? '正在取' : undefined}
            onPress={() => void queue.more()}
          >
            再看 20 件
          </Button>
        </View>
      )}
    </>
  )
}

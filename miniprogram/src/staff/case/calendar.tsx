import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CalendarDrafted, CalendarMoves, CalendarToPublish } from '#shared/contract/time-limit'
import { dayWords as dayOfYear } from '#shared/domain/kernel/day-words'
import { monthOf, type PlainDate, yearOf } from '#shared/domain/kernel/plain-date'
import { calendarFaults, faultWords } from '#shared/domain/time-limit/calendar-faults'
import { call } from '../../platform/api'
import { today } from '../../platform/clock'
import { useAction } from '../../platform/use-action'
import { useDraft } from '../../platform/use-draft'
import { type Loaded, useRequest } from '../../platform/use-request'
import { classNames } from '../../ui/class-names'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Notice } from '../../ui/feedback/notice'
import { ask } from '../../ui/feedback/question'
import { showToast } from '../../ui/feedback/toast'
import { TroubleView } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { ChipTabs } from '../../ui/form/chip-tabs'
import { StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { Icon } from '../../ui/surface/icon'
import { momentWords } from '../../ui/words/dates'
import { FactorSheet } from '../account/parts/factor-code'
import { Moves } from './parts/moves'
import { useDesk } from './parts/use-desk'
import {
  type ChangedDays,
  changedDays,
  daysWorked,
  isSameYear,
  KIND_WORDS,
  monthsOf,
  newYear,
  pressed,
  type YearDays,
  yearsShown,
} from './parts/year-days'
import { YearList, YearView } from './parts/year-view'
import '../../ui/styles/staff.css'
import './parts/calendar.css'

const FACTOR = 'account.second-factor-needed'

const yearOfHeld = ({ offDays, workDays }: CalendarToPublish): YearDays | undefined =>
  offDays && workDays ? { offDays, workDays } : undefined

/** As it is drafted, else as it is, else as it begins. */
const baseOf = (held: CalendarToPublish): YearDays =>
  held.draft
    ? { offDays: held.draft.offDays, workDays: held.draft.workDays }
    : (yearOfHeld(held) ?? newYear(held.year))

/** What somebody changes before it is laid down, and the draft that it was begun on; null where none waited. */
interface Edits {
  readonly days: YearDays
  readonly over: string | null
  /** The year that it was begun on; null where it had none, missing in what was kept before this was. */
  readonly was?: YearDays | null
}

function titleOf({ year, draft, offDays }: CalendarToPublish, moves: Loaded<CalendarMoves>) {
  if (draft === null) return offDays === null ? `${year} 年还没有日历` : `${year} 年的放假安排`
  return moves.state === 'ready'
    ? `公布 ${year} 年的日历，${moves.value.cases} 件的日子要变`
    : `${year} 年的日历拟好了，还没公布`
}

function noteOf({ year, years }: CalendarToPublish, days: YearDays) {
  const worked = daysWorked(
    days,
    monthsOf(year).flatMap((month) => month.days),
  )
  const [first] = years
  const last = years[years.length - 1]
  const inUse = first === undefined ? '' : ` · ${first === last ? first : `${first}—${last}`} 年都在用`
  return `上班 ${worked} 天 · 以国务院办公厅公布的为准${inUse}`
}

const Check = ({ isFault = false, children }: { isFault?: boolean; children: React.ReactNode }) => (
  <View className={classNames('moves__after', isFault && 'is-fault')}>
    <Icon name={isFault ? 'late' : 'check'} />
    <View>{children}</View>
  </View>
)

/** What no notice of a year can say, and what each says. 全国年节及纪念日放假办法 第2条 */
function Checks({ held, days }: { held: CalendarToPublish; days: YearDays }) {
  const was = yearOfHeld(held)
  const faults = calendarFaults(
    held.year,
    {
      offDays: days.offDays as readonly PlainDate[],
      workDays: days.workDays as readonly PlainDate[],
    },
    {
      today: held.today as PlainDate,
      was: was && { offDays: new Set(was.offDays), workDays: new Set(was.workDays) },
    },
  )
  const ofDays = faults.flatMap((fault) => ('day' in fault ? [fault] : []))
  const isMadeUpWell = faults.length === ofDays.length
  return (
    <Card className='mt-3' title='核一核'>
      {ofDays.map((fault) => (
        <Check key={`${fault.fault}:${fault.day}`} isFault>
          {faultWords(fault)}
        </Check>
      ))}
      {ofDays.every(({ fault }) => fault !== 'worked') && <Check>法定的节日都放了假</Check>}
      {isMadeUpWell ? (
        <Check>补班的 {days.workDays.length} 天都在周六、周日</Check>
      ) : (
        <Check isFault>有的日子录了两次，或者不在周六、周日、这一年里</Check>
      )}
      <View className='small muted mt-2'>节日放几天，每年不一样，对着国务院办公厅的通知录。</View>
    </Card>
  )
}

/** Of the year that the page is about. */
const spanWords = ({ first, last, count }: ChangedDays) =>
  count === 1
    ? dayOfYear(first, first)
    : `${dayOfYear(first, first)} 到 ${dayOfYear(last, first)}，${count} 天`

/** Who publishes looks at what differs, not at 365 days. */
function Changes({ held, days }: { held: CalendarToPublish; days: YearDays }) {
  const was = yearOfHeld(held)
  const changed = changedDays(held.year, was ?? { offDays: [], workDays: [] }, days)
  const count = changed.reduce((sum, each) => sum + each.count, 0)
  const title = was ? `和现在用的比，改了 ${count} 天` : '录了这些'
  return (
    <Card className='mb-3' title={count === 0 ? '和现在用的一样' : title}>
      {changed.map((each) => (
        <View key={each.first} className='moves__after'>
          <View className='calendar__span figure'>{spanWords(each)}</View>
          <View className='strong nowrap'>{KIND_WORDS[each.to]}</View>
          {was && each.from && <View className='muted nowrap'>原来{KIND_WORDS[each.from]}</View>}
        </View>
      ))}
    </Card>
  )
}

/** By whom it is as it is; what it moved is told by each case. */
function PublishedBy({ held }: { held: CalendarToPublish }) {
  const { published, year } = held
  const now = yearOfHeld(held)
  if (!published || !now) return null
  const changed = changedDays(year, published.was ?? { offDays: [], workDays: [] }, now)
  const count = changed.reduce((sum, each) => sum + each.count, 0)
  return (
    <Card className='mb-3' title='谁录的，谁公布的'>
      <View>
        {published.draftedBy} {momentWords(published.draftedAt)} 录的，{published.publishedBy}{' '}
        {momentWords(published.publishedAt)} 公布的。
      </View>
      <View className='small muted mt-2'>
        {published.was ? `改了 ${count} 天。` : '这一年第一次录。'}
        在办的件都按它重算日子，日子变了的，每件的经过里写着因为什么；件多的，夜里写完。
      </View>
    </Card>
  )
}

function waitWords({ draft, colleagues }: CalendarToPublish) {
  if (draft === null) return '点一天就能改；改好了交给另一个人公布。'
  const whom = colleagues.length > 0 ? colleagues.join('、') : '另一位管理员或总联络员'
  return draft.isOwn
    ? `你录好了，等${whom}来公布：自己录的自己不能公布。`
    : `${draft.draftedBy} ${momentWords(draft.draftedAt)} 录的，你核过就公布。`
}

interface YearProps {
  held: CalendarToPublish
  reload: () => Promise<unknown>
}

function useYear({ held, reload }: YearProps) {
  const { year, draft } = held
  const base = baseOf(held)
  const over = draft?.draftId ?? null
  const was = yearOfHeld(held) ?? null
  const fresh = { over, was }
  const { draft: kept, change, forget } = useDraft<Edits>(`calendar-edits:${year}`, { days: base, ...fresh })
  const isEdited = !isSameYear(kept.days, base)
  const isOtherYear = kept.was !== undefined && JSON.stringify(kept.was) !== JSON.stringify(was)
  const isBehind = isEdited && (kept.over !== over || isOtherYear)
  const moves = useRequest<CalendarMoves>(
    draft && !isEdited ? `/api/work/calendars/${year}/moves?draftId=${draft.draftId}` : undefined,
  )
  const { isBusy, trouble, run, forget: forgetTrouble } = useAction()
  const lay = () =>
    run(
      () =>
        call<CalendarDrafted>('POST', `/api/work/calendars/${year}`, {
          ...kept.days,
          over: kept.over,
          was: kept.was,
        }),
      async () => {
        forget()
        await reload()
      },
    )
  const publish = () =>
    run(
      () => call('POST', `/api/work/calendars/${year}/publication`, { draftId: draft?.draftId }),
      async () => {
        forget()
        showToast(`${year} 年的日历公布了`)
        await reload()
      },
    )
  return {
    held,
    days: kept.days,
    isEdited,
    isBehind,
    isOtherYear,
    moves,
    isBusy,
    trouble,
    forgetTrouble,
    onPress: (day: PlainDate) => change({ ...(isEdited ? kept : fresh), days: pressed(kept.days, day) }),
    takeBack: () => change({ days: base, ...fresh }),
    goOn: () => change({ days: kept.days, ...fresh }),
    lay,
    publish: async () => {
      const sure = await ask({
        title: `公布 ${year} 年的日历？`,
        words: '公布以后，在办的件都按它重算日子，件多的要到夜里算完；日子变了的告诉申请人。',
        confirm: '公布',
        cancel: '先不公布',
      })
      if (sure) await publish()
    },
    again: () => void (isEdited ? lay() : publish()),
  }
}

type Edited = ReturnType<typeof useYear>

const behindWords = ({ held: { draft }, isOtherYear }: Edited) =>
  draft === null || isOtherYear
    ? '你改的还没交，这一年后来公布过。'
    : `你改的还没交，${draft.isOwn ? '你' : draft.draftedBy}后来又录了一份。`

function Foot({ edited }: { edited: Edited }) {
  const { held, isEdited, isBehind, isBusy, lay, publish, takeBack, goOn } = edited
  const busy = isBusy ? '正在交，别关' : undefined
  if (isBehind)
    return (
      <StickyActionBar note={behindWords(edited)}>
        <Button kind='secondary' onPress={goOn}>
          用我改的
        </Button>
        <Button onPress={takeBack}>看新的</Button>
      </StickyActionBar>
    )
  if (isEdited)
    return (
      <StickyActionBar note='还没交：录好了交上去，就看到什么会变。'>
        <Button kind='secondary' onPress={takeBack} disabled={isBusy}>
          改回去
        </Button>
        <Button loading={busy} onPress={() => void lay()}>
          录好了，交上去
        </Button>
      </StickyActionBar>
    )
  const mayPublish = held.draft !== null && !held.draft.isOwn
  return (
    <StickyActionBar note={waitWords(held)}>
      {mayPublish && (
        <Button loading={busy} onPress={() => void publish()}>
          公布
        </Button>
      )}
    </StickyActionBar>
  )
}

function Trouble({ trouble, again }: Pick<Edited, 'trouble' | 'again'>) {
  if (!trouble || trouble.code === FACTOR) return null
  const { errors } = trouble
  if (errors === undefined || errors.length === 0)
    return <TroubleView trouble={trouble} title='没交上去' kept='你改的都还在。' onRetry={again} />
  return (
    <Notice tone='late' title={trouble.title}>
      {errors.map(({ message }) => message).join('；')}
    </Notice>
  )
}

function Year({ held, reload, tabs }: YearProps & { tabs: React.ReactNode }) {
  const edited = useYear({ held, reload })
  const { days, isEdited, moves, trouble, forgetTrouble, again, onPress } = edited
  const isDesk = useDesk()
  const Days = isDesk ? YearView : YearList
  const grid = <Days key='days' year={held.year} days={days} was={yearOfHeld(held)} onPress={onPress} />
  const side = (
    <View key='side' className='calendar__side'>
      {(held.draft || isEdited) && <Changes held={held} days={days} />}
      {!held.draft && !isEdited && <PublishedBy held={held} />}
      {held.draft && !isEdited && (
        <LoadedView loaded={moves.loaded} label='正在算什么会变' onRetry={moves.reload} rows={3}>
          {(value) => <Moves moves={value} days={days} today={held.today} />}
        </LoadedView>
      )}
      <Checks held={held} days={days} />
    </View>
  )
  return (
    <Page
      head={<NavBar title='放假日历' backTo='tabs/account/me' />}
      foot={<Foot edited={edited} />}
      over={trouble?.code === FACTOR && <FactorSheet onShown={again} onClose={forgetTrouble} />}
    >
      <Lead title={titleOf(held, moves.loaded)} note={noteOf(held, days)} />
      {tabs}
      <Trouble trouble={trouble} again={again} />
      <View className='calendar'>
        {/* On a phone what it moves comes before twelve months. */}
        {isDesk ? [grid, side] : [side, grid]}
      </View>
    </Page>
  )
}

/** The notice of the next year comes in autumn. */
const firstYear = () => yearOf(today()) + (monthOf(today()) >= 10 ? 1 : 0)

/** The working calendar of a year: one lays it down, another looks at what it moves and publishes it. */
function Calendar() {
  const [year, setYear] = useState(firstYear)
  const { loaded, reload } = useRequest<CalendarToPublish>(`/api/work/calendars/${year}`)
  const tabs = (
    <ChipTabs
      label='哪一年'
      options={yearsShown(today(), year).map((each) => ({ value: `${each}`, label: `${each} 年` }))}
      value={`${year}`}
      onChange={(value) => setYear(Number(value))}
    />
  )
  if (loaded.state === 'ready' && loaded.value.year === year)
    return (
      <Year
        key={`${year}-${loaded.value.draft?.draftId ?? ''}-${loaded.value.offDays?.length ?? ''}`}
        held={loaded.value}
        reload={reload}
        tabs={tabs}
      />
    )
  const isFactorAsked = loaded.state === 'failed' && loaded.trouble.code === FACTOR
  return (
    <Page
      head={<NavBar title='放假日历' backTo='tabs/account/me' />}
      over={isFactorAsked && <FactorSheet onShown={() => void reload()} onClose={() => undefined} />}
    >
      <View>
        <LoadedView loaded={loaded} label='正在取日历' onRetry={() => void reload()} rows={6}>
          {() => tabs}
        </LoadedView>
      </View>
    </Page>
  )
}

export default asPage(Calendar)

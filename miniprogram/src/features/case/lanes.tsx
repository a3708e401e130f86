import { Text, View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import type { CaseLanes } from '#shared/contract/lanes'
import { isOver } from '#shared/domain/case/outcome/outcome-words'
import { dayWords as dayInYear } from '#shared/domain/kernel/day-words'
import { platform } from '../../platform'
import { aria, cardHeading } from '../../platform/aria'
import { today } from '../../platform/clock'
import { usePageParameter } from '../../platform/navigation'
import { useRequest } from '../../platform/use-request'
import { useShownAgain } from '../../platform/use-shown-again'
import { classNames } from '../../ui/class-names'
import { EmptyState } from '../../ui/feedback/empty-state'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Notice } from '../../ui/feedback/notice'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { DueLight, type Lamp } from '../../ui/progress/due-light'
import { Card } from '../../ui/surface/card'
import { Day } from '../../ui/surface/day'
import { calendarWords, shortDayWords } from '../../ui/words/dates'
import { DueWords } from '../time-limit/parts/due-words'
import { type Axis, axisOf, barsOf, mondaysOn, placeOn } from './parts/lane-bars'
import { OwnDecision } from './parts/own-decision'
import { takingBackIn } from './parts/taking-back'
import './lanes.css'

type Unit = CaseLanes['units'][number]

const DONE: readonly Unit['state'][] = ['looked', 'passed']
function lampOf({ state, light, isQuestioned }: Unit): Lamp {
  if (isQuestioned) return 'paused'
  if (DONE.includes(state)) return 'done'
  if (state === 'failed' || state === 'revoked') return 'ended'
  if (state === 'stopped') return 'paused'
  return light === null || light.kind === 'unknown' ? 'calm' : light.kind
}

const isWaiting = ({ state }: Unit) => state === 'waiting' || state === 'silent' || state === 'closed'
const stopWords = ({ from, until }: Unit['stops'][number]) =>
  until === null ? `${shortDayWords(from)}起不算` : `${shortDayWords(from)}到${shortDayWords(until)}不算`

const at = (axis: Axis, day: string) => ({ left: `${placeOn(axis, day)}%` })

function Track({ unit, axis, promisedOn }: { unit: Unit; axis: Axis; promisedOn: string | null }) {
  return (
    <View className={classNames('lane__track', unit.openedOn === null && 'lane__track--waiting')}>
      <View className='lane__today' style={at(axis, today())} />
      {promisedOn !== null && <View className='lane__promised' style={at(axis, promisedOn)} />}
      {barsOf(unit, axis, today()).map(({ kind, left, width }) => (
        <View
          key={`${kind} ${left}`}
          className={`lane__bar lane__bar--${kind}`}
          style={{ left: `${left}%`, width: `${width}%` }}
        />
      ))}
      {unit.dueOn !== null && <View className='lane__due' style={at(axis, unit.dueOn)} />}
    </View>
  )
}

/** What the bars are read by, where there is room for it: the weeks, today, and the last day of the promise. */
function AxisDays({ axis, promisedOn }: { axis: Axis; promisedOn: string | null }) {
  return (
    <View className='lane lane-axis' aria-hidden='true'>
      <View className='lane-axis__days small muted'>
        {mondaysOn(axis).map((day) => (
          <View key={day} className='lane-axis__day' style={at(axis, day)}>
            {dayInYear(day, day)}
          </View>
        ))}
      </View>
      <View className='lane-axis__days small strong'>
        <View className='lane-axis__day' style={at(axis, today())}>
          今天
        </View>
      </View>
      {promisedOn !== null && (
        <View className='lane-axis__days small strong'>
          <View className='lane-axis__promised' style={{ right: `${100 - placeOn(axis, promisedOn)}%` }}>
            说好 {shortDayWords(promisedOn)} 办好
          </View>
        </View>
      )}
    </View>
  )
}

interface LaneProps {
  view: CaseView
  unit: Unit
  axis: Axis | null
  promisedOn: string | null
}

function Lane({ view: { id: caseId, takingBack }, unit, axis, promisedOn }: LaneProps) {
  const { unitName, decides, decision, words, note, dueOn, stops } = unit
  const told = [
    dueOn === null ? null : `期限 ${shortDayWords(dueOn)}`,
    note,
    ...stops.map((stop) => stopWords(stop)),
  ].filter((each) => each !== null)
  return (
    <View className='lane' {...aria({ role: 'listitem' })}>
      <View className='lane__head'>
        <View className='lane__name strong' {...cardHeading()}>
          {unitName}
        </View>
        <View className='lane__how'>
          {isWaiting(unit) ? (
            <View className='muted'>{words}</View>
          ) : (
            <DueLight light={lampOf(unit)} words={words} />
          )}
        </View>
      </View>
      {decides !== null && <View className='lane__decides small mt-1'>{decides}</View>}
      {told.length > 0 && <View className='lane__told small muted mt-1'>{told.join('，')}</View>}
      {axis !== null && <Track unit={unit} axis={axis} promisedOn={promisedOn} />}
      {decision && (
        <View className='lane__decision'>
          <OwnDecision {...{ caseId, unitName, decision }} takingBack={takingBackIn(unit, takingBack)} />
        </View>
      )}
    </View>
  )
}

/** As the case's own page has it: once it is over, and where another day was named, so it is said. */
const WholeDay = ({ view, on }: { view: CaseView; on: string }) =>
  view.outcome.key === 'late' || view.newDueOn ? (
    <DueWords
      dueOn={view.dueOn ?? on}
      newDueOn={view.newDueOn}
      dueByLaw={view.dueByLaw}
      dueBecause={view.dueBecause}
      apart={view.apart}
      isLate
    />
  ) : (
    <>
      最晚 <Day on={on} /> 办好
    </>
  )

/** A day to come is told of what is still under way alone; what is over is told as it is on every page of the case. */
function Whole({ lanes: { clock, law }, view }: { lanes: CaseLanes; view: CaseView }) {
  const isGoing = !isOver(view.outcome)
  const isLate = view.outcome.key === 'late'
  return (
    <Card className='mt-3'>
      {clock ? (
        <>
          <View className='lane-clock figure'>
            <Text className='nowrap'>
              {clock.usedDays} / {clock.days}
            </Text>{' '}
            <Text className='nowrap'>个工作日</Text>
          </View>
          {isLate && <DueLight light='late' words={view.outcome.word} />}
          <View className='muted mt-1'>
            前面是用了的，后面是说好的。
            {isGoing && clock.dueOn !== null && <WholeDay view={view} on={clock.dueOn} />}
            {isGoing && clock.light.kind === 'unknown' && calendarWords(clock.light.year)}
          </View>
        </>
      ) : (
        <View>现在停着，日子定下来再告诉你</View>
      )}
      {law && (
        <View className='small muted mt-2'>
          {law.words}
          {law.dueOn !== null && `，到 ${shortDayWords(law.dueOn)}`}
        </View>
      )}
    </Card>
  )
}

const daysLateOf = ({ light }: Unit) => (light?.kind === 'late' ? light.daysLate : 0)

/** Who is late, and the numbers as their offices have published them: who is latest is called first. */
function Late({ words, units }: { words: string; units: readonly Unit[] }) {
  const numbers = units
    .filter(({ state, late }) => state === 'open' && late)
    .sort((left, right) => daysLateOf(right) - daysLateOf(left))
    .flatMap(({ phone, shortName }) => (typeof phone === 'string' ? [{ phone, shortName }] : []))
  const [first] = numbers
  if (!first)
    return (
      <Notice tone='late' className='mt-3'>
        {words}
      </Notice>
    )
  return (
    <Notice
      tone='late'
      className='mt-3'
      action={{
        words: numbers.length > 1 ? `打给${first.shortName}` : '打电话',
        onPress: () => platform.makePhoneCall(first.phone),
      }}
    >
      {words}
      {numbers.map(({ phone, shortName }) => (
        <View key={shortName} className='mt-1'>
          {shortName}电话 <Text className='nowrap'>{phone}</Text>
        </View>
      ))}
    </Notice>
  )
}

function LanesOf({ view }: { view: CaseView }) {
  const lanes = view.lanes
  if (!lanes)
    return <EmptyState title='这件没有几家同时办' note='一家办完，下一家接着办。办到哪了看那件的进度。' />
  const axis = axisOf(lanes, today())
  // Of what still goes on, and as long as no other day was promised in its place.
  const promisedOn = isOver(view.outcome) || view.newDueOn ? null : (lanes.clock?.dueOn ?? null)
  return (
    <>
      <View className='lanes__head'>
        <Lead
          title={`${lanes.units.length} 家一起办，一只时钟`}
          note={`${view.plainName} · ${view.applicantMasked}。申请人和办的人看到的是同一张图。`}
        />
        <Whole lanes={lanes} view={view} />
      </View>
      {lanes.late !== null && <Late words={lanes.late} units={lanes.units} />}
      <Card title={lanes.title} className='mt-3'>
        {axis !== null && <AxisDays axis={axis} promisedOn={promisedOn} />}
        <View className='lanes__list' {...aria({ role: 'list' })}>
          {lanes.units.map((unit) => (
            <Lane key={unit.unitId} view={view} {...{ unit, axis, promisedOn }} />
          ))}
        </View>
        {axis !== null && (
          <View className='small muted mt-2'>
            深色是用掉的天数，红色是超了的，斜纹不算，竖线是各家自己的期限。
            <Text className='lanes__axis-legend'>
              虚线是今天{promisedOn === null ? '' : '，绿线是说好办好的日子'}。
            </Text>
          </View>
        )}
      </Card>
    </>
  )
}

function LanesPage() {
  const id = usePageParameter('id') ?? ''
  const { loaded, reload } = useRequest<CaseView>(`/api/cases/${encodeURIComponent(id)}`)
  useShownAgain(reload)
  return (
    <Page head={<NavBar title='各部门办到哪了' backTo='tabs/case/my-cases' />}>
      <LoadedView loaded={loaded} label='正在取办件' onRetry={reload} cards={2} rows={3}>
        {(view) => <LanesOf view={view} />}
      </LoadedView>
    </Page>
  )
}

export default asPage(LanesPage)

import { Text, View } from '@tarojs/components'
import type { CaseSummary } from '#shared/contract/case'
import { awaitedOf } from '#shared/domain/account/takeover-words'
import { hasResult } from '#shared/domain/case/outcome/outcome-words'
import { today } from '../../../platform/clock'
import { openPage } from '../../../platform/navigation'
import { Button } from '../../../ui/form/button'
import { DueLight } from '../../../ui/progress/due-light'
import { Card } from '../../../ui/surface/card'
import { Cell } from '../../../ui/surface/cell'
import { Day } from '../../../ui/surface/day'
import { momentDay, shortDayWords } from '../../../ui/words/dates'
import { bookedWords, isBooking } from '../../time-limit/parts/booking-words'
import { DueWords } from '../../time-limit/parts/due-words'
import { stoppedWords } from '../../time-limit/parts/expected'
import { outcomeLamp } from '../../time-limit/parts/outcome-lamp'
import { untilTakenBack } from './until-taken-back'

function open(summary: CaseSummary) {
  const { id } = summary
  if (summary.waitsForMe === 'correction') return openPage('features/case/correction', { id })
  const isResult = hasResult(summary.outcome) && summary.waitsForMe !== 'statement'
  return openPage(isResult ? 'features/case/result' : 'features/case/timeline', { id })
}

function whose({ ownName, applicantMasked, filedByOther }: CaseSummary) {
  const name = ownName ?? applicantMasked
  return filedByOther ? `${name}，别人替办的` : name
}

const lampOf = (summary: CaseSummary) => outcomeLamp({ ...summary, ...awaitedOf(summary) })

function Head({ summary }: { summary: CaseSummary }) {
  return (
    <View className='row row--between row--wrap gap-2'>
      <DueLight {...lampOf(summary)} />
      <View className='small muted'>{whose(summary)}</View>
    </View>
  )
}

/** The whole card leads to the case. */
const cardOf = (summary: CaseSummary, isFirst: boolean) => ({
  className: isFirst ? '' : 'mt-3',
  label: [summary.plainName, whose(summary), lampOf(summary).words].filter(Boolean).join('，'),
  onPress: () => open(summary),
})

interface WaitingCardProps {
  summary: CaseSummary
  /** The first that waits has the filled button. */
  isFirst: boolean
}

const LOOKS = {
  statement: { words: '说说意见', note: '可能有错，准备撤销。有话先说，听完再定' },
  rating: { words: '看结果', note: '看结果，说说办得怎么样' },
  result: { words: '看结果', note: '为什么、不同意怎么办，里面都有' },
  why: { words: '看为什么', note: '为什么、接下来怎么办，里面都有' },
} as const

const lookOf = ({ waitsForMe, outcome }: CaseSummary) => {
  if (waitsForMe === 'statement' || waitsForMe === 'rating') return waitsForMe
  return hasResult(outcome) ? 'result' : 'why'
}

/** A case that asks something of the reader, or that they have to read. */
export function WaitingCard({ summary, isFirst }: WaitingCardProps) {
  const { plainName, dueOn, waitsForMe, missing } = summary
  const look = LOOKS[lookOf(summary)]
  const card = cardOf(summary, isFirst)
  const press = card.onPress
  const isToSupplement = waitsForMe === 'correction'
  return (
    <Card {...card} hasButton>
      <Head summary={summary} />
      <View className='row row--between row--stacked gap-3 mt-3'>
        <View className='grow'>
          <View className='title'>{plainName}</View>
          <View className='small muted mt-1'>
            {isToSupplement ? (
              <>
                补 {missing.length} 样：{missing.join('、')}
                {dueOn !== null && (
                  <View>
                    最晚 <Day on={dueOn} />
                    ，补好就接着办
                  </View>
                )}
              </>
            ) : (
              <>
                {waitsForMe === 'statement'
                  ? `${summary.speaksOf ?? '原来的决定'}${look.note}`
                  : (bookedWords(summary) ?? look.note)}
                {waitsForMe === 'statement' && dueOn !== null && (
                  <View>
                    最晚 <Day on={dueOn} />
                  </View>
                )}
              </>
            )}
          </View>
        </View>
        {!isToSupplement && (
          <Button
            kind={isFirst ? 'primary' : 'quiet'}
            small
            label={`${look.words}，${plainName}`}
            onPress={press}
          >
            {look.words}
          </Button>
        )}
      </View>
      {isToSupplement && (
        <View className='mt-4'>
          <Button kind={isFirst ? 'primary' : 'quiet'} block label={`现在补${plainName}`} onPress={press}>
            现在补
          </Button>
        </View>
      )}
    </Card>
  )
}

const dueOf = (summary: CaseSummary) => ({
  dueOn: summary.dueOn,
  newDueOn: summary.newDueOn,
  dueByLaw: summary.dueByLaw,
  dueBecause: summary.dueBecause,
  apart: summary.apart,
  isBooking: isBooking(summary),
  isDoubted: summary.dueDoubted,
  isLate: summary.outcome.key === 'late',
  ...awaitedOf(summary),
})

/** What is wanting is said alone: no office is late. */
const isHeldUp = ({ outcome, personAwaited }: CaseSummary) => outcome.key === 'late' && personAwaited

/** A case that the offices have in hand. */
export function RunningCard({ summary, isFirst }: { summary: CaseSummary; isFirst: boolean }) {
  const { plainName, outcome, statusText, identityAwaited, disownedWays } = summary
  const booked = bookedWords(summary)
  return (
    <Card {...cardOf(summary, isFirst)}>
      <Head summary={summary} />
      <View className='title mt-3'>{plainName}</View>
      <View className='small muted mt-1'>
        {outcome.key === 'granted' ? (
          '正在把结果办给你'
        ) : (
          <>
            {outcome.key !== 'suspended' && !isHeldUp(summary) && `${statusText}，`}
            <DueWords {...dueOf(summary)} />
          </>
        )}
      </View>
      {outcome.key === 'suspended' && <View className='small mt-2'>{stoppedWords(summary, today())}</View>}
      {booked !== null && <View className='small mt-2'>{booked}</View>}
      {(disownedWays ?? identityAwaited) && (
        <View className='small mt-2'>{disownedWays ?? identityAwaited}</View>
      )}
    </Card>
  )
}

/** A case that is over: one row. */
export function EndedCell({ summary }: { summary: CaseSummary }) {
  const until = untilTakenBack(summary.takingBackBy ?? null)
  return (
    <Cell
      label={summary.plainName}
      note={
        <>
          <Text className='nowrap'>
            {bookedWords(summary) ?? `${shortDayWords(momentDay(summary.filedAt))} 申请`}，
          </Text>
          <Text className='nowrap'>{whose(summary)}</Text>
          {until !== null && <Text className='nowrap'>，{until}</Text>}
        </>
      }
      value={outcomeLamp(summary).words}
      onPress={() => open(summary)}
    />
  )
}

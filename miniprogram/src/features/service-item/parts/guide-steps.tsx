import { View } from '@tarojs/components'
import type { ServiceGuide } from '#shared/contract/service-item'
import { promisedDeed } from '#shared/domain/time-limit/promised-deed'
import { Timeline, type TimelineItem } from '../../../ui/progress/timeline'
import { Card } from '../../../ui/surface/card'
import { DueWords } from '../../time-limit/parts/due-words'

type Stage = ServiceGuide['steps'][number]

/** The day by which it is done, with all that the promise stands still for. */
function lastDay({ dueIfFiledToday, books }: ServiceGuide) {
  const { dueOn, dueBecause, lastOn, apart } = dueIfFiledToday
  return (
    <DueWords
      dueOn={lastOn ?? dueOn}
      dueBecause={dueBecause}
      apart={lastOn === null ? apart : null}
      isBooking={books}
    />
  )
}

function itemsOf(guide: ServiceGuide): readonly TimelineItem[] {
  const after = guide.steps.filter(({ counting }) => counting === 'after')
  const until = guide.steps.filter(({ counting }) => counting !== 'after')
  const stageItem = (step: Stage, number: number): TimelineItem => ({
    key: `${number} ${step.name}`,
    state: 'done',
    number,
    what: step.name,
    who: step.unitName,
    when: step.limitText,
  })
  const isClosed = guide.openWindow?.open === false
  return [
    { key: 'file', state: 'done', number: 1, what: '在手机上申请', when: '填好，点提交' },
    ...until.map((step, at) => stageItem(step, at + 2)),
    {
      key: 'result',
      state: 'done',
      number: until.length + 2,
      what: isClosed ? promisedDeed(guide.books) : lastDay(guide),
      when: guide.howToGet,
    },
    ...after.map((step, at) => stageItem(step, until.length + at + 3)),
  ]
}

export function GuideSteps({ guide }: { guide: ServiceGuide }) {
  const { apart } = guide.dueIfFiledToday
  return (
    <Card title='怎么办，要多久'>
      <View className='small muted'>
        {`承诺 ${guide.promisedText}${apart === null ? '' : `，${apart}另算`}`}
      </View>
      <Timeline className='mt-3' items={itemsOf(guide)} />
    </Card>
  )
}

import { View } from '@tarojs/components'
import type { ServiceGuide } from '#shared/contract/service-item'
import { Timeline, type TimelineItem } from '../../../ui/progress/timeline'
import { Card } from '../../../ui/surface/card'
import { DueWords } from '../../time-limit/parts/due-words'

function itemsOf(guide: ServiceGuide): readonly TimelineItem[] {
  const last = guide.steps.length + 2
  return [
    { key: 'file', state: 'done', number: 1, what: '在手机上申请', when: '填好，点提交' },
    ...guide.steps.map(
      (step, at): TimelineItem => ({
        key: `${at} ${step.name}`,
        state: 'done',
        number: at + 2,
        what: step.name,
        who: step.unitName,
        when: step.limitText,
      }),
    ),
    {
      key: 'result',
      state: 'done',
      number: last,
      what: <DueWords {...guide.dueIfFiledToday} />,
      when: guide.howToGet,
    },
  ]
}

export function GuideSteps({ guide }: { guide: ServiceGuide }) {
  return (
    <Card title='怎么办，要多久'>
      <View className='small muted mt-1'>承诺 {guide.promisedText}</View>
      <Timeline className='mt-3' items={itemsOf(guide)} />
    </Card>
  )
}

import { View } from '@tarojs/components'
import type { ServiceGuide } from '#shared/contract/service-item'
import { openPage } from '../../../platform/navigation'
import { Button } from '../../../ui/form/button'
import { Paper, PaperList, type PaperState } from '../../../ui/progress/paper'
import { Card } from '../../../ui/surface/card'

type GuidePaper = ServiceGuide['papers'][number]

const isFree = ({ state }: GuidePaper) => state === 'generated' || state === 'on-file'

function stateOf(paper: GuidePaper): PaperState {
  if (isFree(paper)) return 'free'
  return paper.required ? 'must' : 'optional'
}

const NOTES = {
  generated: '填完自动生成',
  'on-file': '政府已经有了',
  'if-on-file': '微信核过身份，查到就不用交',
} as const

const noteOf = ({ state }: GuidePaper) => (state === 'bring' ? undefined : NOTES[state])

function countWords(must: number, free: number) {
  if (must === 0) return free === 0 ? '可以什么都不交。' : `${free} 份已免，可以什么都不交。`
  return free === 0 ? `要交 ${must} 份。` : `要交 ${must} 份，${free} 份已免。`
}

/** What to bring. What the government has is not asked for. 国务院关于在线政务服务的若干规定（国务院令第716号） */
export function GuidePapers({ papers, guardianUntil }: Pick<ServiceGuide, 'papers' | 'guardianUntil'>) {
  const free = papers.filter(isFree).length
  // A child is not confirmed in WeChat.
  const mayBeFree = guardianUntil === null && papers.some(({ state }) => state === 'if-on-file')
  const must = papers.filter((paper) => stateOf(paper) === 'must').length
  return (
    <Card title='要交什么'>
      <View className='small muted mt-1'>{countWords(must, free)}</View>
      <PaperList>
        {papers.map((paper) => (
          <Paper
            key={paper.name}
            name={paper.name}
            note={paper.state === 'if-on-file' && !mayBeFree ? undefined : noteOf(paper)}
            state={stateOf(paper)}
          />
        ))}
      </PaperList>
      {mayBeFree && (
        <View className='mt-2'>
          <Button kind='quiet' small block onPress={() => openPage('features/account/register')}>
            微信核一下，少交几份
          </Button>
        </View>
      )}
    </Card>
  )
}

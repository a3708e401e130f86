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
  generated: '填的表就是，不用另交',
  'on-file': '政府已经有了',
  'if-on-file': '微信核过身份，查到就不用交',
} as const

function noteOf({ state, forChild }: GuidePaper, mayBeFree: boolean) {
  const isTold = state !== 'bring' && (state !== 'if-on-file' || mayBeFree)
  const notes = [isTold ? NOTES[state] : undefined, forChild ?? undefined].filter(
    (each) => each !== undefined,
  )
  return notes.length === 0 ? undefined : notes.join('。')
}

/** What may be on file is not said to be wanted: whoever reads it may be known and not recognised yet. */
function countWords(must: number, free: number, mayBeFree: boolean, isOpen: boolean) {
  const freed = free === 0 ? '' : `${free} 份已免`
  if (must === 0) return `${free === 0 ? '' : `${freed}，`}${isOpen ? '可以什么都不交' : '没有别的要交'}。`
  const most = mayBeFree ? `最多交 ${must} 份，县里查得到的不用交` : `要交 ${must} 份`
  return freed === '' ? `${most}。` : `${most}，${freed}。`
}

/** What to bring. What the government has is not asked for. 国务院关于在线政务服务的若干规定（国务院令第716号） */
export function GuidePapers({
  papers,
  guardianUntil,
  realNameLevel,
  openWindow,
  acceptConditions,
}: Pick<ServiceGuide, 'papers' | 'guardianUntil' | 'realNameLevel' | 'openWindow' | 'acceptConditions'>) {
  const free = papers.filter(isFree).length
  // A child is not confirmed in WeChat.
  const mayBeFree = guardianUntil === null && papers.some(({ state }) => state === 'if-on-file')
  const isOnlyForOthers = acceptConditions.some(({ state }) => state === 'unmet')
  const must = papers.filter((paper) => stateOf(paper) === 'must').length
  return (
    <Card title='要交什么'>
      <View className='small muted'>
        {/* What is on file is the reader's: whoever they may do it for has their own. */}
        {isOnlyForOthers && free > 0 && '下面看的是你自己的材料，替别人办按那个人的算。你自己的：'}
        {countWords(must, free, mayBeFree, openWindow?.open !== false)}
      </View>
      <PaperList>
        {papers.map((paper) => (
          <Paper key={paper.name} name={paper.name} note={noteOf(paper, mayBeFree)} state={stateOf(paper)} />
        ))}
      </PaperList>
      {mayBeFree && (
        <Button
          kind='quiet'
          small
          block
          className='mt-2'
          onPress={() => openPage('features/account/register')}
        >
          {realNameLevel === null ? '登录看看，能少交几份' : '微信核一下，少交几份'}
        </Button>
      )}
    </Card>
  )
}

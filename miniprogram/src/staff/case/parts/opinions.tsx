import { Text, View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { Card } from '../../../ui/surface/card'
import { momentWords } from '../../../ui/words/dates'
import { VisitRecords } from './visit-record'

const VISITS = ['visit-recorded', 'visit-signed', 'rectification-required']

const WHAT = {
  visits: { title: '现场看到的', types: VISITS },
  // Where the whole history stands far below.
  all: { title: '审核意见和现场', types: ['verified', 'examined', ...VISITS] },
} as const

/** What those found who looked into the case, the newest first: whoever decides rests on it. */
export function Opinions({ view, of }: { view: CaseView; of: keyof typeof WHAT }) {
  const { title, types } = WHAT[of]
  const found = view.timeline.filter(({ type }) => types.includes(type))
  if (found.length === 0) return null
  return (
    <>
      <Card title={title} className='mt-3'>
        {found.map(({ id, title: what, who, at, note }) => (
          <View key={id} className='document'>
            <View className='strong'>{what}</View>
            <View className='small muted'>
              {who} · <Text className='nowrap'>{momentWords(at)}</Text>
            </View>
            <View className={note === null ? 'small muted' : 'opinion'}>{note ?? '没有写意见'}</View>
          </View>
        ))}
      </Card>
      <VisitRecords view={view} />
    </>
  )
}

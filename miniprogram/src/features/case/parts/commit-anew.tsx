import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { Agreement } from '../../../ui/form/agreement'
import { Card } from '../../../ui/surface/card'

/** What was promised of a case does not cover what is brought to it now: it is asked for anew, and nothing waits for it. */
export function useCommitAnew({ commitment, viewer }: Pick<CaseView, 'commitment' | 'viewer'>) {
  const [isAgreed, setAgreed] = useState(false)
  const tick = viewer === 'staff' ? '念过了，本人说补的也是真的' : '我保证，补的也是真的'
  return {
    body: isAgreed ? { commitment: true as const } : {},
    card: commitment ? (
      <Card className='mt-3' title='再保证一次'>
        <View className='small mt-2'>交的时候勾过“我保证”。这次改了内容，勾上才管到补的这几样。</View>
        <View className='mt-3'>
          <Agreement isAgreed={isAgreed} onChange={setAgreed} label={tick}>
            {tick}
          </Agreement>
        </View>
      </Card>
    ) : null,
  }
}

import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { openPage } from '../../../platform/navigation'
import { Button } from '../../../ui/form/button'
import { Card } from '../../../ui/surface/card'
import { Icon } from '../../../ui/surface/icon'

/** What holds the case up before anything can be granted, and the way to it where this phone has one. */
export function IdentityAwaited({ view, className = 'mt-3' }: { view: CaseView; className?: string }) {
  const { identityAwaited } = view
  if (identityAwaited === null) return null
  return (
    <Card className={className}>
      <View className='row row--top gap-3'>
        <Icon name='idcard' className='accent' />
        <View className='grow strong'>{identityAwaited.words}</View>
      </View>
      {identityAwaited.inWechat && (
        <View className='mt-3'>
          <Button kind='secondary' block onPress={() => openPage('features/account/register')}>
            在微信里核
          </Button>
        </View>
      )}
    </Card>
  )
}

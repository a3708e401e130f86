import { View } from '@tarojs/components'
import type { Consents } from '#shared/contract/reminder'
import { openPage } from '../../../platform/navigation'
import { useReminderConsent } from '../../../platform/use-reminder-consent'
import { Notice } from '../../../ui/feedback/notice'
import { Button } from '../../../ui/form/button'
import { Card } from '../../../ui/surface/card'
import { Icon } from '../../../ui/surface/icon'
import { CreditsNotices } from '../../account/parts/credits-notices'

const leftOf = ({ items }: Consents) => items.reduce((sum, { credits }) => sum + credits, 0)

/** WeChat delivers one message for each consent: how many are left, and one tap for more. */
export function CreditsCard({ consents, onAsked }: { consents: Consents; onAsked: () => unknown }) {
  const { outcome, ask } = useReminderConsent(onAsked)
  const left = leftOf(consents)
  if (consents.items.length === 0)
    return (
      <Notice
        icon='bell'
        action={{ words: '去打开', onPress: () => openPage('features/account/reminder-settings') }}
      >
        你关了微信提醒，都只写在这里。
      </Notice>
    )
  return (
    <>
      <Card tone='tint'>
        <View className='credits'>
          <Icon name='bell' className='accent' />
          <View className='credits__words'>
            <View className='strong'>
              {left === 0 ? '现在不会在微信里提醒你' : `微信还能提醒你 ${left} 次`}
            </View>
            <View className='small muted'>
              {left === 0 ? '同意一次，提醒一次；不同意也都写在这里' : '用完就只写在这里'}
            </View>
          </View>
          <Button small onPress={() => ask(consents.items)}>
            每样加 1 次
          </Button>
        </View>
      </Card>
      <CreditsNotices outcome={outcome} />
    </>
  )
}

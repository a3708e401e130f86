import { View } from '@tarojs/components'
import type { Consents } from '#shared/contract/reminder'
import { platform } from '../../../platform'
import { useReminderConsent } from '../../../platform/use-reminder-consent'
import { Notice } from '../../../ui/feedback/notice'
import { Button } from '../../../ui/form/button'
import { Card } from '../../../ui/surface/card'
import { Icon } from '../../../ui/surface/icon'

const leftOf = ({ items }: Consents) => items.reduce((sum, { credits }) => sum + credits, 0)

const NOT_ADDED = {
  lost: '没有连上网，不知道记上没有。再点一次。',
  unavailable: '在微信里打开才能加。消息里都看得到。',
} as const

/** What came of asking for one more, where it was not added. */
export function CreditsNotices({ outcome }: Pick<ReturnType<typeof useReminderConsent>, 'outcome'>) {
  return (
    <>
      {outcome === 'switched-off' && (
        <Notice
          className='mt-3'
          tone='soon'
          icon='bell'
          action={{ words: '去打开', onPress: () => platform.openSettings() }}
        >
          微信里把这个小程序的消息关了。打开，才能提醒你。
        </Notice>
      )}
      {(outcome === 'lost' || outcome === 'unavailable') && (
        <Notice className='mt-3'>{NOT_ADDED[outcome]}</Notice>
      )}
    </>
  )
}

/** WeChat delivers one message for each consent: how many are left, and one tap for more. */
export function CreditsCard({ consents, onAsked }: { consents: Consents; onAsked: () => unknown }) {
  const { outcome, ask } = useReminderConsent(onAsked)
  const left = leftOf(consents)
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

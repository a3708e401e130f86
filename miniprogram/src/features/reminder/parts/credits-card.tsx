import { View } from '@tarojs/components'
import type { Consents } from '#shared/contract/reminder'
import { openPage } from '../../../platform/navigation'
import { useReminderConsent } from '../../../platform/use-reminder-consent'
import { Button } from '../../../ui/form/button'
import { Card } from '../../../ui/surface/card'
import { Icon } from '../../../ui/surface/icon'
import { CreditsNotices } from '../../account/parts/credits-notices'

const leftOf = ({ items }: Consents) => items.reduce((sum, { credits }) => sum + credits, 0)

/** What is so, what follows of it, and what a press does. */
function wordsOf(consents: Consents) {
  // Nothing may be asked for of whoever wants no WeChat.
  if (consents.items.length === 0) return ['你关了微信提醒', '都只写在这里', '去打开']
  const left = leftOf(consents)
  return left === 0
    ? ['现在不会在微信里提醒你', '同意一次，提醒一次；不同意也都写在这里', '每样加 1 次']
    : [`微信还能提醒你 ${left} 次`, '用完就只写在这里', '每样加 1 次']
}

/** WeChat delivers one message for each consent: how many are left, and one tap for more. */
export function CreditsCard({ consents, onAsked }: { consents: Consents; onAsked: () => unknown }) {
  const { outcome, ask } = useReminderConsent(onAsked)
  const [title, note, press] = wordsOf(consents)
  const { items } = consents
  return (
    <>
      <Card tone='tint'>
        <View className='credits'>
          <Icon name='bell' className='accent' />
          <View className='credits__words'>
            <View className='strong'>{title}</View>
            <View className='small muted'>{note}</View>
          </View>
          <Button
            small
            onPress={() => (items.length > 0 ? ask(items) : openPage('features/account/reminder-settings'))}
          >
            {press}
          </Button>
        </View>
      </Card>
      <CreditsNotices outcome={outcome} />
    </>
  )
}

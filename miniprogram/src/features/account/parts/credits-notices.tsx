import { platform } from '../../../platform'
import type { useReminderConsent } from '../../../platform/use-reminder-consent'
import { Notice } from '../../../ui/feedback/notice'

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

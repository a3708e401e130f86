import { View } from '@tarojs/components'
import type { Consents } from '#shared/contract/reminder'
import type { ReminderSettings } from '#shared/contract/reminder-settings'
import { MESSAGE_GROUP_LABELS } from '#shared/contract/reminder-settings.labels'
import { useReminderConsent } from '../../platform/use-reminder-consent'
import { useRequest } from '../../platform/use-request'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Button } from '../../ui/form/button'
import { SwitchCell } from '../../ui/form/switch'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { Icon } from '../../ui/surface/icon'
import { CreditsNotices } from './parts/credits-notices'
import { isOnOf } from './parts/switches'
import { SETTINGS_PATH, useSwitches } from './parts/use-switches'
import { NightCells, Ways } from './parts/ways-and-night'

/** How often WeChat still lets through of each, and one tap for more. */
interface CreditsProps {
  consents: Consents
  /** What goes where WeChat lets no more through. */
  withoutWords: string
  onAsked: () => unknown
}

function Credits({ consents, withoutWords, onAsked }: CreditsProps) {
  const { outcome, ask } = useReminderConsent(onAsked)
  return (
    <>
      <Card tone='tint' className='mt-2'>
        <View className='row row--top gap-3'>
          <Icon name='bell' className='accent' />
          <View className='grow'>
            <View className='strong'>微信还能提醒几次</View>
            <View className='small muted mt-1'>微信规定：同意一次，只能提醒一次。</View>
          </View>
        </View>
        {consents.items.map(({ purpose, credits }) => (
          <View className='row row--between row--wrap gap-3 mt-3' key={purpose}>
            <View>{purpose}</View>
            {credits > 0 ? (
              <View className='strong'>还有 {credits} 次</View>
            ) : (
              <View className='muted'>没有，{withoutWords}</View>
            )}
          </View>
        ))}
        <View className='mt-3'>
          <Button block onPress={() => ask(consents.items)}>
            每样加 1 次
          </Button>
        </View>
      </Card>
      <CreditsNotices outcome={outcome} />
    </>
  )
}

const labelOf = (kind: keyof typeof MESSAGE_GROUP_LABELS) => {
  const { name, note } = MESSAGE_GROUP_LABELS[kind]
  return { label: name, note }
}

interface WishesProps {
  settings: ReminderSettings
  /** WeChat was switched: what may still be asked for is another. */
  onWechat: () => unknown
}

function Wishes({ settings, onWechat }: WishesProps) {
  const { switches, change, notices } = useSwitches(settings, ({ of }) => of === 'wechat' && onWechat())
  const { kinds } = switches.known
  const hasSms = switches.known.ways.some(({ way }) => way === 'sms')
  return (
    <>
      {notices}
      <CellGroup className='mt-4' title='这几样一定告诉你'>
        {kinds
          .filter(({ fixed }) => fixed)
          .map(({ kind }) => (
            <Cell key={kind} icon='lock' {...labelOf(kind)} />
          ))}
      </CellGroup>
      <View className='small muted mt-2'>
        有的法律要求告诉你，有的误了就耽误事，都关不掉。
        {hasSms && isOnOf(switches, 'sms')
          ? '微信发不到，要紧的发短信；消息里都有。'
          : '微信发不到，就放在消息里。'}
      </View>
      <CellGroup className='mt-4' title='这几样你来定'>
        {kinds
          .filter(({ fixed }) => !fixed)
          .map(({ kind }) => (
            <SwitchCell
              key={kind}
              {...labelOf(kind)}
              isOn={isOnOf(switches, kind)}
              onChange={(value) => void change({ of: kind, value })}
            />
          ))}
      </CellGroup>
      <View className='small muted mt-2'>关了，手机不响，也不用掉微信的次数；消息里照样有。</View>
      <Ways switches={switches} onChange={(wish) => void change(wish)} />
      <NightCells switches={switches} onChange={(wish) => void change(wish)} />
    </>
  )
}

const takesSms = ({ ways }: ReminderSettings) =>
  ways.some(({ way, on, to }) => way === 'sms' && on && to !== null)

const LOGGED_OUT = {
  title: '登录了，看你的提醒',
  note: '哪些要响，你来定。',
  icon: 'bell',
} as const

/** For what the phone rings. The inbox has all of it, whatever is switched off here. */
function ReminderSettingsPage() {
  const { loaded, reload } = useRequest<ReminderSettings>(SETTINGS_PATH)
  const isReady = loaded.state === 'ready'
  // After the settings: one login serves both.
  const consents = useRequest<Consents>(isReady ? '/api/consents' : undefined)
  return (
    <Page head={<NavBar title='提醒设置' backTo='tabs/account/me' />}>
      <LoadedView
        loaded={loaded}
        label='正在取你的提醒设置'
        onRetry={reload}
        cards={1}
        rows={4}
        loggedOut={LOGGED_OUT}
      >
        {(settings) => (
          <>
            {consents.loaded.state === 'ready' && consents.loaded.value.items.length > 0 && (
              <Credits
                consents={consents.loaded.value}
                withoutWords={takesSms(settings) ? '要紧的发短信' : '只放在消息里'}
                onAsked={consents.reload}
              />
            )}
            <Wishes settings={settings} onWechat={consents.reload} />
          </>
        )}
      </LoadedView>
    </Page>
  )
}

export default asPage(ReminderSettingsPage)

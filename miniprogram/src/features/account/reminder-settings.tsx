import { View } from '@tarojs/components'
import { useEffect, useRef, useState } from 'react'
import type { Consents } from '#shared/contract/reminder'
import type { ReminderSettings } from '#shared/contract/reminder-settings'
import { MESSAGE_GROUP_LABELS } from '#shared/contract/reminder-settings.labels'
import { call, isUnanswered, type Trouble } from '../../platform/api'
import { scrollToField } from '../../platform/scroll'
import { useReminderConsent } from '../../platform/use-reminder-consent'
import { useRequest } from '../../platform/use-request'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { TroubleView } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { SwitchCell } from '../../ui/form/switch'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { Icon } from '../../ui/surface/icon'
import { CreditsNotices } from './parts/credits-notices'
import { isOnOf, type Kind, pressed, type Switches, settled } from './parts/switches'

const PATH = '/api/reminder-settings'

/** How often WeChat still lets through of each, and one tap for more. */
function Credits({ consents, onAsked }: { consents: Consents; onAsked: () => unknown }) {
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
              <View className='muted'>没有，只放在消息里</View>
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

interface Refused {
  readonly kind: Kind
  readonly on: boolean
  readonly trouble: Trouble
}

function Kinds({ settings }: { settings: ReminderSettings }) {
  const [switches, setSwitches] = useState<Switches>({ known: settings, wanted: {} })
  const [refused, setRefused] = useState<Refused>()
  // What was asked for anew is what it is, but for what is under way.
  useEffect(() => setSwitches(({ wanted }) => ({ wanted, known: settings })), [settings])
  useEffect(() => {
    if (refused) scrollToField('trouble')
  }, [refused])
  // Two taps of one moment see the same page: the second is none.
  const underWay = useRef(new Set<Kind>())
  const change = async (kind: Kind, on: boolean) => {
    if (underWay.current.has(kind)) return
    underWay.current.add(kind)
    setRefused(undefined)
    setSwitches((before) => pressed(before, kind, on))
    const answer = await call<ReminderSettings>('POST', PATH, { kinds: [{ kind, on }] })
    underWay.current.delete(kind)
    setSwitches((before) => settled(before, kind, answer.ok ? answer.value : null))
    if (!answer.ok) setRefused({ kind, on, trouble: answer.error })
  }
  const { kinds } = switches.known
  return (
    <>
      {refused && (
        <View className='mt-3' id='field-trouble'>
          <TroubleView
            trouble={refused.trouble}
            title={`“${MESSAGE_GROUP_LABELS[refused.kind].name}”没改成`}
            kept={isUnanswered(refused.trouble) ? '' : '还是原来那样。'}
            onRetry={() => void change(refused.kind, refused.on)}
          />
        </View>
      )}
      <CellGroup className='mt-4' title='这几样一定告诉你'>
        {kinds
          .filter(({ fixed }) => fixed)
          .map(({ kind }) => (
            <Cell key={kind} icon='lock' {...labelOf(kind)} />
          ))}
      </CellGroup>
      <View className='small muted mt-2'>
        有的法律要求告诉你，有的误了就耽误事，都关不掉。微信发不到，就放在消息里。
      </View>
      <CellGroup className='mt-4' title='这几样你来定'>
        {kinds
          .filter(({ fixed }) => !fixed)
          .map(({ kind }) => (
            <SwitchCell
              key={kind}
              {...labelOf(kind)}
              isOn={isOnOf(switches, kind)}
              onChange={(on) => void change(kind, on)}
            />
          ))}
      </CellGroup>
      <View className='small muted mt-2'>关了，手机不响，也不用掉微信的次数；消息里照样有。</View>
      <CellGroup className='mt-4' title='晚上不打扰'>
        <Cell label='晚上 10 点到早上 8 点' note='这段时间的，第二天早上 8 点以后再发' />
      </CellGroup>
    </>
  )
}

const labelOf = (kind: Kind) => {
  const { name, note } = MESSAGE_GROUP_LABELS[kind]
  return { label: name, note }
}

const LOGGED_OUT = {
  title: '登录了，看你的提醒',
  note: '哪些要响，你来定。',
  icon: 'bell',
} as const

/** For what the phone rings. The inbox has all of it, whatever is switched off here. */
function ReminderSettingsPage() {
  const { loaded, reload } = useRequest<ReminderSettings>(PATH)
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
            {consents.loaded.state === 'ready' && (
              <Credits consents={consents.loaded.value} onAsked={consents.reload} />
            )}
            <Kinds settings={settings} />
          </>
        )}
      </LoadedView>
    </Page>
  )
}

export default asPage(ReminderSettingsPage)

import { View } from '@tarojs/components'
import { useEffect, useRef, useState } from 'react'
import type { Consents } from '#shared/contract/reminder'
import type { ReminderSettings } from '#shared/contract/reminder-settings'
import { MESSAGE_GROUP_LABELS } from '#shared/contract/reminder-settings.labels'
import { platform } from '../../platform'
import { callAs, isUnanswered, type Trouble } from '../../platform/api'
import { scrollToField } from '../../platform/scroll'
import { useReminderConsent } from '../../platform/use-reminder-consent'
import { useRequest } from '../../platform/use-request'
import { ErrorState } from '../../ui/feedback/error-state'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { TroubleView, unansweredWords } from '../../ui/feedback/trouble'
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

interface Failed {
  readonly kind: Kind
  readonly on: boolean
  readonly trouble: Trouble
  /** It was lost on its way, and is known now not to have arrived. */
  readonly isMissed?: boolean
}

/** Switched by trying again or not, a press is a wish of its own: to set what is set changes nothing. */
const aWish = () => ({ key: platform.randomId(), done() {} })

/** What the answer to another tells of those that were lost: what is as it was wanted is told of no more. */
const known = (failed: readonly Failed[], lost: readonly Failed[], { kinds }: ReminderSettings) =>
  failed.flatMap((each) => {
    if (!lost.includes(each)) return [each]
    const isAsWanted = kinds.some(({ kind, on }) => kind === each.kind && on === each.on)
    return isAsWanted ? [] : [{ ...each, isMissed: true }]
  })

function FailedNotice({ failed, onRetry }: { failed: Failed; onRetry: () => void }) {
  const { trouble, isMissed } = failed
  const { name } = MESSAGE_GROUP_LABELS[failed.kind]
  const retry = { words: '再试一次', onPress: onRetry }
  if (isMissed) return <ErrorState title={`“${name}”没改成`} note={AS_BEFORE} retry={retry} />
  if (!isUnanswered(trouble))
    return <TroubleView trouble={trouble} title={`“${name}”没改成`} kept={AS_BEFORE} onRetry={onRetry} />
  const note = `${unansweredWords(trouble.code)}。再点一次就知道，不会办重。`
  return <ErrorState title={`不知道“${name}”改成没有`} note={note} retry={retry} />
}

const AS_BEFORE = '还是原来那样。'

function Kinds({ settings }: { settings: ReminderSettings }) {
  const [switches, setSwitches] = useState<Switches>({ known: settings, wanted: {} })
  const [failed, setFailed] = useState<readonly Failed[]>([])
  // What was asked for anew is what it is, but for what is under way.
  useEffect(() => setSwitches(({ wanted }) => ({ wanted, known: settings })), [settings])
  // Two taps of one moment see the same page: the second is none.
  const underWay = useRef(new Set<Kind>())
  const change = async (kind: Kind, on: boolean) => {
    if (underWay.current.has(kind)) return
    underWay.current.add(kind)
    const others = failed.filter((each) => each.kind !== kind)
    const lost = others.filter(({ trouble }) => isUnanswered(trouble))
    setFailed((before) => before.filter((each) => each.kind !== kind))
    setSwitches((before) => pressed(before, kind, on))
    const answer = await callAs<ReminderSettings>(aWish(), PATH, { kinds: [{ kind, on }] })
    underWay.current.delete(kind)
    setSwitches((before) =>
      settled(
        before,
        kind,
        answer.ok ? answer.value : null,
        lost.map((each) => each.kind),
      ),
    )
    if (answer.ok) return setFailed((before) => known(before, lost, answer.value))
    setFailed((before) => [...before, { kind, on, trouble: answer.error }])
    scrollToField('trouble')
  }
  const { kinds } = switches.known
  return (
    <>
      <View id='field-trouble'>
        {failed.map((each) => (
          <View className='mt-3' key={each.kind}>
            <FailedNotice failed={each} onRetry={() => void change(each.kind, each.on)} />
          </View>
        ))}
      </View>
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

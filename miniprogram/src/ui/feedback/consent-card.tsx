import { View } from '@tarojs/components'
import { useState } from 'react'
import type { ConsentPurpose, GivenConsent } from '#shared/domain/account/consents'
import { call, logIn, type Trouble } from '../../platform/api'
import { aria } from '../../platform/aria'
import { openPage } from '../../platform/navigation'
import { useSession } from '../../platform/session'
import { useAction } from '../../platform/use-action'
import { Agreement } from '../form/agreement'
import { Button } from '../form/button'
import { BOTH_TEXTS, TICK_WORDS } from '../words/consents'
import { sentence } from '../words/waits'

/** The two texts are ticked together; sensitive data apart. 个人信息保护法 第29条 */
const groupsOf = (needed: NonNullable<Trouble['consents']>) => {
  const purposes = needed.map(({ purpose }) => purpose as ConsentPurpose)
  const isText = (each: ConsentPurpose) => each === 'service' || each === 'privacy'
  const texts = purposes.filter(isText)
  const [first] = texts
  const rest = purposes.filter((each) => !isText(each))
  return [
    ...(first
      ? [{ key: 'texts', purposes: texts, words: texts.length > 1 ? BOTH_TEXTS : TICK_WORDS[first] }]
      : []),
    ...rest.map((purpose) => ({ key: purpose, purposes: [purpose], words: TICK_WORDS[purpose] })),
  ]
}

function noteOf(needed: NonNullable<Trouble['consents']>, isFree: boolean, isLoggedIn: boolean) {
  if (isFree) return '各有五句话说完。同意哪条勾哪条，不同意的空着。'
  if (needed.every(({ purpose }) => purpose === 'guardian'))
    return '孩子不满 14 岁，父母或者监护人同意了，才能用孩子的信息。隐私保护说明的第六段写着。'
  return isLoggedIn ? '各有五句话说完。' : '各有五句话说完。看指南、查电话，不用同意。'
}

/** Where pages go to, and what they say, when what waits for it is asked for again. */
export const CONSENT_PLACE = 'consent'
export const CONSENT_FIRST = '先勾上，再点“同意，接着办”'

interface ConsentCardProps {
  /** Says what is to be agreed to. */
  trouble: Trouble
  /** Whether anything is lost. */
  kept?: string | undefined
  /** Nothing waits for it: whoever agrees to one thing need not agree to another. 个人信息保护法 第14条、第16条 */
  isFree?: boolean
  /** What was asked for is asked for again. */
  onDone: () => unknown
}

/** The two texts, to be read before anything is kept of the person; nothing is ticked to begin with. */
export function ConsentCard({ trouble, kept = '', isFree = false, onDone }: ConsentCardProps) {
  const isLoggedIn = useSession((session) => session.isLoggedIn)
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [hint, setHint] = useState('')
  const { isBusy, trouble: failed, run } = useAction()
  // The words may have changed while they were read.
  const needed = (failed?.code === 'account.consent-needed' ? failed : trouble).consents ?? []
  const groups = groupsOf(needed)
  const send = () => {
    const given = groups.filter(({ key }) => ticked.includes(key))
    const isEnough = isFree ? given.length > 0 : given.length === groups.length
    if (!isEnough) return setHint(isFree ? '同意哪条勾哪条，再点同意。' : '先勾上，再点同意。')
    setHint('')
    const purposes = given.flatMap((each) => each.purposes)
    const consents = (needed as readonly GivenConsent[]).filter(({ purpose }) => purposes.includes(purpose))
    void run<unknown>(
      () => (isLoggedIn ? call('POST', '/api/account/consents', { consents }) : logIn(consents)),
      onDone,
    )
  }
  const said = failed ? `没成。${sentence(failed.detail ?? failed.title)}` : hint
  return (
    <View className='card' id={`field-${CONSENT_PLACE}`}>
      <View className='title'>先看一眼，再接着办</View>
      <View className='small muted mt-1'>{kept + noteOf(needed, isFree, isLoggedIn)}</View>
      <View className='row gap-2 mt-3'>
        <Button kind='quiet' small onPress={() => openPage('features/account/agreement')}>
          服务协议
        </Button>
        <Button
          kind='quiet'
          small
          onPress={() => openPage('features/account/agreement', { kind: 'privacy' })}
        >
          隐私保护说明
        </Button>
      </View>
      <View className='mt-3'>
        {groups.map(({ key, words }) => (
          <Agreement
            key={key}
            isAgreed={ticked.includes(key)}
            onChange={(isOn) => setTicked(isOn ? [...ticked, key] : ticked.filter((each) => each !== key))}
            label={words}
          >
            {words}
          </Agreement>
        ))}
      </View>
      {said !== '' && (
        <View className='small status-late mt-2' {...aria({ role: 'alert' })}>
          {said}
        </View>
      )}
      <View className='mt-3'>
        <Button block loading={isBusy ? '正在办' : undefined} onPress={send}>
          {isFree ? '同意勾上的' : '同意，接着办'}
        </Button>
      </View>
    </View>
  )
}

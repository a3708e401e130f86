import { View } from '@tarojs/components'
import { useEffect, useRef, useState } from 'react'
import type { ReminderSettings } from '#shared/contract/reminder-settings'
import { platform } from '../../../platform'
import { callAs, isUnanswered, type Trouble } from '../../../platform/api'
import { scrollToField } from '../../../platform/scroll'
import { ErrorState } from '../../../ui/feedback/error-state'
import { TroubleView, unansweredWords } from '../../../ui/feedback/trouble'
import { bodyOf, isSettled, nameOf, pressed, type Switches, settled, type Wish } from './switches'

export const SETTINGS_PATH = '/api/reminder-settings'
const AS_BEFORE = '还是原来那样。'

interface Failed {
  readonly wish: Wish
  readonly trouble: Trouble
  /** It was lost on its way, and is known now not to have arrived. */
  readonly isMissed?: boolean
}

/** Switched by trying again or not, a press is a wish of its own: to set what is set changes nothing. */
const anIntent = () => ({ key: platform.randomId(), done() {} })

/** What the answer to another tells of those that were lost: what is as it was wanted is told of no more. */
const known = (failed: readonly Failed[], lost: readonly Failed[], settings: ReminderSettings) =>
  failed.flatMap((each) => {
    if (!lost.includes(each)) return [each]
    return isSettled(settings, each.wish) ? [] : [{ ...each, isMissed: true }]
  })

function FailedNotice({ failed, onRetry }: { failed: Failed; onRetry: () => void }) {
  const { trouble, isMissed } = failed
  const name = nameOf(failed.wish.of)
  const retry = { words: '再试一次', onPress: onRetry }
  if (isMissed) return <ErrorState title={`“${name}”没改成`} note={AS_BEFORE} retry={retry} />
  if (!isUnanswered(trouble))
    return <TroubleView trouble={trouble} title={`“${name}”没改成`} kept={AS_BEFORE} onRetry={onRetry} />
  const note = `${unansweredWords(trouble.code)}。再点一次就知道，不会办重。`
  return <ErrorState title={`不知道“${name}”改成没有`} note={note} retry={retry} />
}

/** The switches as they stand under the thumb, and what was not taken. */
export function useSwitches(settings: ReminderSettings, onTaken: (wish: Wish) => void) {
  const [switches, setSwitches] = useState<Switches>({ known: settings, wanted: {} })
  const [failed, setFailed] = useState<readonly Failed[]>([])
  // What was asked for anew is what it is, but for what is under way.
  useEffect(() => setSwitches(({ wanted }) => ({ wanted, known: settings })), [settings])
  // Two taps of one moment see the same page: the second is none.
  const underWay = useRef(new Set<Wish['of']>())
  const change = async (wish: Wish) => {
    const { of } = wish
    if (underWay.current.has(of)) return
    underWay.current.add(of)
    const lost = failed.filter((each) => each.wish.of !== of && isUnanswered(each.trouble))
    setFailed((before) => before.filter((each) => each.wish.of !== of))
    setSwitches((before) => pressed(before, wish))
    const answer = await callAs<ReminderSettings>(anIntent(), SETTINGS_PATH, bodyOf(wish))
    underWay.current.delete(of)
    const others = lost.map((each) => each.wish.of)
    setSwitches((before) => settled(before, of, answer.ok ? answer.value : null, others))
    if (answer.ok) {
      onTaken(wish)
      return setFailed((before) => known(before, lost, answer.value))
    }
    setFailed((before) => [...before, { wish, trouble: answer.error }])
    scrollToField('trouble')
  }
  const notices = (
    <View id='field-trouble'>
      {failed.map((each) => (
        <View className='mt-3' key={each.wish.of}>
          <FailedNotice failed={each} onRetry={() => void change(each.wish)} />
        </View>
      ))}
    </View>
  )
  return { switches, change, notices }
}

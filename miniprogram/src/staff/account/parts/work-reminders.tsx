import { useState } from 'react'
import { platform } from '../../../platform'
import { Notice } from '../../../ui/feedback/notice'
import { showToast } from '../../../ui/feedback/toast'

const TEMPLATES = [
  { id: 'YX-STAFF-TASK', title: '新办件提醒' },
  { id: 'YX-STAFF-DUE', title: '到期提醒' },
] as const

const BOUND = 'work-reminders'

/** 用工关系消息: WeChat keeps the binding and tells nobody, so that this phone remembers whether it was asked. */
export function useWorkReminders() {
  const [isBound, setBound] = useState(() => platform.read(BOUND) === true)
  const [wasRefused, setRefused] = useState(false)
  const bind = async () => {
    // First in the tap: WeChat opens its window for nothing that comes later.
    const answer = await platform.bindEmployeeRelation(TEMPLATES)
    if (answer === 'bound') {
      platform.write(BOUND, true)
      setBound(true)
      showToast('以后在微信里提醒你')
    } else setRefused(true)
  }
  return { isBound, wasRefused, bind }
}

/** Asked once on the queue, as long as nothing is bound; refusing blocks nothing. */
export function WorkRemindersPrompt() {
  const { isBound, wasRefused, bind } = useWorkReminders()
  if (isBound) return null
  return (
    <Notice
      icon='bell'
      className='mb-3'
      action={{ words: wasRefused ? '再开一次' : '打开', onPress: () => void bind() }}
    >
      {wasRefused ? '没有打开，新办件照样在这里' : '新办件、快到期，微信提醒你'}
    </Notice>
  )
}

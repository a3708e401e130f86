import { useState } from 'react'
import type { Consents } from '#shared/contract/reminder'
import { platform } from '../../../platform'
import { useRequest } from '../../../platform/use-request'
import { isBound, noteBound } from '../../../platform/work-reminders'
import { Notice } from '../../../ui/feedback/notice'
import { showToast } from '../../../ui/feedback/toast'

/** 用工关系消息: WeChat keeps the binding and tells nobody, so that this phone remembers whether it was asked. */
export function useWorkReminders(isStaff = true) {
  const [isKnown, setKnown] = useState(isBound)
  const [wasRefused, setRefused] = useState(false)
  const { loaded } = useRequest<Consents>(isStaff && !isKnown ? '/api/consents' : undefined)
  const templates = loaded.state === 'ready' ? loaded.value.work : []
  const bind = async () => {
    // First in the tap: WeChat opens its window for nothing that comes later.
    const answer = await platform.bindEmployeeRelation(
      templates.map(({ templateId, title }) => ({ id: templateId, title })),
    )
    if (answer === 'bound') {
      noteBound()
      setKnown(true)
      showToast('以后在微信里提醒你')
    } else setRefused(true)
  }
  return { isOffered: !isKnown && templates.length > 0, wasRefused, bind }
}

/** Asked once on the queue, as long as nothing is bound; refusing blocks nothing. */
export function WorkRemindersPrompt() {
  const { isOffered, wasRefused, bind } = useWorkReminders()
  if (!isOffered) return null
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

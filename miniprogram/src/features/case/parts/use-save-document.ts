import { useRef } from 'react'
import type { CaseView } from '#shared/contract/case'
import { platform } from '../../../platform'
import { useIsDemo } from '../../../platform/deployment'
import { DEMO_MARK } from '../../../ui/feedback/demo-mark'
import { ask } from '../../../ui/feedback/question'
import { showToast } from '../../../ui/feedback/toast'
import { decisionPicture } from './decision-picture'
import { decisionWords } from './decision-words'

const SAVED = { wechat: '存到相册了', browser: '存好了' } as const

/** Keeps the organ's paper on the phone, to be shown where there is no signal. */
export function useSaveDocument(view: CaseView, decision: NonNullable<CaseView['decision']>) {
  const isDemo = useIsDemo()
  const isSaving = useRef(false)
  const save = async () => {
    const words = decisionWords(view, decision)
    const picture = decisionPicture(`${view.plainName}${words.title}`, words, isDemo ? DEMO_MARK : null)
    const answer = await platform.savePicture(picture)
    if (answer === 'saved') return showToast(SAVED[platform.host])
    if (answer === 'cancelled') return
    const isRefused = answer === 'refused'
    const agreed = await ask({
      title: '没存上',
      words: isRefused ? '微信还不能往相册里存。到设置里打开“相册”，再点一次。' : '截一张屏，也能留着。',
      confirm: isRefused ? '去设置' : '知道了',
      ...(isRefused ? { cancel: '先不存' } : {}),
    })
    if (isRefused && agreed) platform.openSettings()
  }
  return async () => {
    if (isSaving.current) return
    isSaving.current = true
    await save().finally(() => {
      isSaving.current = false
    })
  }
}

import { useRef } from 'react'
import type { DocumentWords } from '#shared/contract/document.labels'
import { platform } from '../../../platform'
import { useIsDemo } from '../../../platform/deployment'
import type { Closed, Picture } from '../../../platform/platform'
import { DEMO_MARK } from '../../../ui/feedback/demo-mark'
import { ask } from '../../../ui/feedback/question'
import { showToast } from '../../../ui/feedback/toast'
import { decisionPicture } from './decision-picture'

const SAVED = { wechat: '存到相册了', browser: '存好了' } as const

const WORDS: Readonly<Record<Closed | 'failed', string>> = {
  settings: '微信还不能往相册里存。到设置里打开“相册”，再点一次。',
  phone: '手机没让微信往相册里存。到手机设置里打开，再点一次。',
  privacy: '你没同意往相册里存。再点一次，点同意就能存；截一张屏，也能留着。',
  undeclared: '截一张屏，也能留着。',
  failed: '截一张屏，也能留着。',
}

async function tellClosed(answer: Closed | 'failed') {
  const told = { title: '没存上', words: WORDS[answer] }
  if (answer !== 'settings' && answer !== 'phone') return ask({ ...told, confirm: '知道了' })
  const agreed = await ask({ ...told, confirm: '去设置', cancel: '先不存' })
  if (agreed) platform.openSettings(answer)
}

/** Keeps a picture on the phone, to be shown where there is no signal. */
export function useSavePicture(drawn: (mark: string | null) => Picture) {
  const isDemo = useIsDemo()
  const isSaving = useRef(false)
  const save = async () => {
    const answer = await platform.savePicture(drawn(isDemo ? DEMO_MARK : null))
    if (answer === 'saved') return showToast(SAVED[platform.host])
    if (answer === 'cancelled') return
    await tellClosed(answer)
  }
  return async () => {
    if (isSaving.current) return
    isSaving.current = true
    await save().finally(() => {
      isSaving.current = false
    })
  }
}

/** The organ's paper, named by the matter it is of, with what became of it since. */
export const useSaveDocument = (plainName: string, words: DocumentWords, became: string | null) =>
  useSavePicture((mark) => decisionPicture(`${plainName}${words.title}`, words, mark, became))

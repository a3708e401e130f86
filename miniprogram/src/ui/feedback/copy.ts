import { platform } from '../../platform'
import { ask } from './question'
import { showToast } from './toast'

/**
 * `name`: of what is copied, “办件编号”; `otherwise`: how to keep it where it could not be, for what is too long to be said
 * again. WeChat says by itself that it did.
 */
export async function copy(
  name: string,
  text: string,
  otherwise = `${name}：${text}。截一张屏，或者抄下来。`,
) {
  const answer = await platform.setClipboard(text)
  if (answer === 'copied') showToast('复制好了')
  if (answer === 'refused') {
    await ask({ title: '没复制上', words: otherwise, confirm: '知道了' })
  }
}

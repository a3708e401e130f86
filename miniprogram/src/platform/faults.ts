import Taro from '@tarojs/taro'
import { pageNamed } from '#shared/contract/pages'
import { platform } from './index'

/** The language's own classes: a name of ours is minified, and one that a text bears may be a person's. */
const CLASSES = /\b(?:Eval|Range|Reference|Syntax|Type|URI)Error\b/
/** “request:fail timeout”: the call alone. */
const CALL = /^([a-z][A-Za-z]{2,40}):fail\b/

/** What may be said of a fault beyond this phone. `cause` is whatever was thrown, refused or told by the host. */
function classOf(cause: unknown): string {
  if (cause instanceof Error) return CLASSES.exec(cause.name)?.[0] ?? 'Error'
  const told =
    typeof cause === 'object' && cause !== null && 'errMsg' in cause ? String(cause.errMsg) : String(cause)
  const call = CALL.exec(told)?.[1]
  return call === undefined ? (CLASSES.exec(told)?.[0] ?? 'Error') : `${call}:fail`
}

/** Of a page that WeChat names otherwise the log knows nothing: an address may hold what was typed. */
const pageInFront = () => {
  const { route = '' } = Taro.getCurrentPages().slice(-1)[0] ?? {}
  return pageNamed(route.split('?')[0]?.replace(/^\//, '') ?? '') ?? ''
}

export const reportFault = (cause: unknown) => platform.report({ page: pageInFront(), error: classOf(cause) })

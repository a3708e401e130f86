import { platform } from '../../platform'
import type { Trouble } from '../../platform/api'
import { openTab } from '../../platform/navigation'
import { ErrorState } from './error-state'

const NOTES: Partial<Record<Trouble['code'], string>> = {
  'case.not-found': '可能是用别的微信办的，也可能链接不全。',
  'request.not-found': '链接可能不全。',
  'service-item.not-found': '可能换了名字，回首页找一找。',
  'network.unreachable': '看看信号，再点一次。',
  'server.unavailable': '过一会儿再点一次。',
  'server.error': '过一会儿再点一次。',
  'request.rate-limited': '过一会儿再点一次。',
}

/** Asking once more brings nothing. */
const GONE: readonly Trouble['code'][] = ['case.not-found', 'service-item.not-found', 'request.not-found']
const isGone = (code: Trouble['code']) => GONE.includes(code)

interface TroubleViewProps {
  trouble: Trouble
  /** In place of the problem's own title: “没交上去”. */
  title?: string
  /** Whether anything is lost: “你填的都还在。” */
  kept?: string
  onRetry: () => void
}

/** Why a request brought nothing, and what to do now. */
export function TroubleView({ trouble, title, kept = '', onRetry }: TroubleViewProps) {
  const { code, detail, where, requestId } = trouble
  if (where !== undefined) {
    const logIn = { words: '选一个人登录', onPress: () => platform.openAddress(where) }
    return <ErrorState title={title ?? trouble.title} note={kept || undefined} retry={logIn} />
  }
  const why = title === undefined ? '' : `${trouble.title}。`
  const note = `${kept}${why}${detail ?? NOTES[code] ?? ''}`
  return (
    <ErrorState
      title={title ?? trouble.title}
      note={note === '' ? undefined : note}
      retry={
        isGone(code)
          ? { words: '回首页', onPress: () => openTab('features/service-item/home') }
          : { words: '再试一次', onPress: onRetry }
      }
      requestId={isGone(code) ? undefined : requestId}
    />
  )
}

import { isUnanswered, type Trouble } from '../../platform/api'
import { openTab } from '../../platform/navigation'
import { limitWords, NOT_WAITING, sentence } from '../words/waits'
import { ConsentCard } from './consent-card'
import { ErrorState } from './error-state'
import { type LoggedOutWords, LogInCard } from './log-in-card'

const NOTES: Partial<Record<Trouble['code'], string>> = {
  'case.not-found': '可能由本人接着办了，或者不是这个微信办的，或者你说过不是你申请的，也可能链接不全。',
  'request.not-found': '链接可能不全。',
  'service-item.not-found': '可能换了名字，回首页找一找。',
  'network.unreachable': '看看信号，再点一次。',
  'server.unavailable': '过一会儿再点一次。',
  'server.error': '过一会儿再点一次。',
}

/** True for who lost a case to its owner and for who never had it: the server tells neither from the other. */
const TITLES: Partial<Record<Trouble['code'], string>> = { 'case.not-found': '这件现在看不到了' }

/** Asking once more brings nothing. */
const GONE: readonly Trouble['code'][] = [
  'case.not-found',
  'service-item.not-found',
  'request.not-found',
  'account.role-needed',
]
const isGone = (code: Trouble['code']) => GONE.includes(code)

/** Of what was sent and not answered. */
export const UNKNOWN = '不知道交上没有'
export const unansweredWords = (code: Trouble['code']) =>
  code === 'network.unreachable' ? '没有连上网' : '现在连不上'

interface TroubleViewProps {
  trouble: Trouble
  /** In place of the problem's own title: “没交上去”. */
  title?: string
  /** Whether anything is lost: “你填的都还在。” */
  kept?: string
  /** What one can do instead of waiting. */
  otherwise?: string | undefined
  onRetry: () => void
  /** Of a page that shows what is somebody's own. */
  loggedOut?: LoggedOutWords | undefined
  /** In place of trying again, which would bring the same. */
  instead?: { readonly words: string; readonly onPress: () => void } | undefined
}

const LOGGED_OUT: readonly Trouble['code'][] = ['account.not-logged-in', 'account.session-ended']
/** Of what was being sent meanwhile. */
const AGAIN: LoggedOutWords = { title: '要再登录一次', note: '登录完接着办。', icon: 'lock', isTab: true }

function noteOf(trouble: Trouble, { title, kept = '', otherwise }: Omit<TroubleViewProps, 'trouble'>) {
  const { code, detail } = trouble
  // “点得太快了” is not why, where the server counts something else.
  if (code === 'request.rate-limited') return `${kept}${limitWords(trouble)}${otherwise ?? NOT_WAITING}`
  const why = title === undefined || detail !== undefined ? '' : sentence(trouble.title)
  return `${kept}${why}${sentence(detail ?? NOTES[code] ?? '')}${otherwise ?? ''}`
}

/** What was sent may have arrived: the same key asks for it once more and never twice. */
function wordsOf(trouble: Trouble, said: Omit<TroubleViewProps, 'trouble'>) {
  const { title, kept = '' } = said
  const { code } = trouble
  if (title !== undefined && isUnanswered(trouble)) {
    return { title: UNKNOWN, note: `${unansweredWords(code)}。${kept}再点一次就知道，不会办重。` }
  }
  const own = code === 'request.rate-limited' ? '要等一等' : (TITLES[code] ?? trouble.title)
  return { title: title ?? own, note: noteOf(trouble, said) || undefined }
}

/** Why a request brought nothing, and what to do now. */
export function TroubleView({ trouble, ...said }: TroubleViewProps) {
  const { title, kept, onRetry, instead, loggedOut } = said
  const { code, requestId } = trouble
  if (code === 'account.consent-needed') return <ConsentCard trouble={trouble} kept={kept} onDone={onRetry} />
  const isElsewhere = code === 'account.open-in-wechat'
  if (isElsewhere || LOGGED_OUT.includes(code)) {
    const words = title === undefined ? loggedOut : { ...AGAIN, note: kept ?? AGAIN.note }
    return <LogInCard words={words} refused={isElsewhere ? trouble : undefined} onDone={onRetry} />
  }
  // Trying again brings the same, and nothing is broken that 12345 could look up.
  const isFinal = isGone(code) || code === 'application.service-over'
  const toHome = { words: '回首页', onPress: () => openTab('features/service-item/home') }
  return (
    <ErrorState
      {...wordsOf(trouble, said)}
      retry={isFinal ? toHome : (instead ?? { words: '再试一次', onPress: onRetry })}
      requestId={isFinal ? undefined : requestId}
    />
  )
}

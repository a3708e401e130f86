import type { CaseView } from '#shared/contract/case'
import { isUnanswered, type Trouble } from '../../../platform/api'
import { Notice } from '../../../ui/feedback/notice'
import { UNKNOWN } from '../../../ui/feedback/trouble'
import { momentWords } from '../../../ui/words/dates'
import { limitWords } from '../../../ui/words/waits'
import type { Act } from './use-act'

type Changed = Partial<Pick<CaseView, 'timeline'>>

interface Sent {
  /** Something was written on the sheet that sends it. */
  readonly isWritten: boolean
  /** Nothing but a signature under a paper. */
  readonly isSigned: boolean
  /** A notice that goes out to the applicant. */
  readonly isSent: boolean
}

/** What an act of this kind is called where its answer was lost, and where it was refused. */
function actedWords({ isSigned, isSent }: Sent) {
  if (isSigned) return { unknown: '不知道签上没有', failed: '没签上', once: '不会签两次' }
  if (isSent) return { unknown: '不知道发出去没有', failed: '没发出去', once: '不会发两次' }
  return { unknown: UNKNOWN, failed: '没交上去', once: '不会办重' }
}

/** Somebody was first: who, and what they did, by the timeline that was read again. */
function changedWords(view: Changed | undefined, { isWritten }: Sent) {
  const [last] = view?.timeline ?? []
  const isSupplement = last?.type === 'supplemented'
  const kept = isWritten ? '写了的还在，没有发出，看过再交。' : '没有发出，看过再办。'
  return {
    title: isSupplement ? '这件刚补交了材料' : '这件刚刚有人办过了',
    words: `${last ? `${momentWords(last.at)} ${last.who}：${last.title}。` : ''}已经换成最新的。${kept}`,
  }
}

function wordsOf(trouble: Trouble, view: Changed | undefined, sent: Sent) {
  const { code, title, detail } = trouble
  if (code === 'case.state-changed') return changedWords(view, sent)
  const { isWritten } = sent
  const acted = actedWords(sent)
  const kept = isWritten ? '你写的都还在，' : ''
  if (isUnanswered(trouble)) {
    const words = `${title}。${kept}再点一次就知道，${acted.once}。`
    return { title: acted.unknown, words }
  }
  if (code.startsWith('server.')) {
    return { title: acted.failed, words: `${title}。${kept}再点一次。` }
  }
  const stays = isWritten ? '你写的都还在。' : ''
  if (code === 'request.rate-limited') return { title, words: `${stays}${limitWords(trouble)}` }
  return { title, words: detail ?? `没有办成。${stays}` }
}

const SIGNED: readonly string[] = ['grant', 'refuse', 'settle', 'decline']

/**
 * For the page: what became of an act whose sheet was closed before its answer came; `front` is what the sheet in front
 * sends, which tells of it itself. Undefined where there is none, or where the case was read anew since and shows whether
 * what was not answered was done.
 */
export function lateWords(view: CaseView, { told }: Act, front?: string) {
  if (!told || told.action === front || (isUnanswered(told.trouble) && view.version !== told.version))
    return undefined
  const { action } = told
  const sent = {
    isWritten: false,
    isSigned: SIGNED.includes(action),
    isSent: action === 'request-correction',
  }
  const { title, words } = wordsOf(told.trouble, view, sent)
  // Several acts stand beside one another there: once more is that one.
  const label = view.staff?.allowed.find((each) => each.action === action)?.label
  return `${label ? `${label}：` : ''}${title}。${words}`
}

const UNASKED = { title: '没查成', words: '没有连上网。号码还在，再点一次。' }

interface TroubleNoticeProps extends Partial<Sent> {
  trouble: Trouble | undefined
  /** As it is now: names who was first. */
  view?: Changed
  /** It was only asked for something: nothing can have arrived. */
  isQuestion?: boolean
}

/** Why an act did not go through; nothing typed is lost. */
export function TroubleNotice(props: TroubleNoticeProps) {
  const { trouble, view, isQuestion = false, isWritten = true, isSigned = false, isSent = false } = props
  if (!trouble) return null
  const isUnasked = isQuestion && trouble.code === 'network.unreachable'
  const { title, words } = isUnasked ? UNASKED : wordsOf(trouble, view, { isWritten, isSigned, isSent })
  return (
    <Notice tone={trouble.code === 'case.state-changed' ? 'today' : 'late'} title={title} className='mt-3'>
      {words}
    </Notice>
  )
}

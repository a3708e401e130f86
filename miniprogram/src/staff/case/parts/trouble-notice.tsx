import type { CaseView } from '#shared/contract/case'
import { isUnanswered, type Trouble } from '../../../platform/api'
import { Notice } from '../../../ui/feedback/notice'
import { UNKNOWN } from '../../../ui/feedback/trouble'
import { momentWords } from '../../../ui/words/dates'
import { limitWords } from '../../../ui/words/waits'

type Changed = Partial<Pick<CaseView, 'timeline'>>

/** Somebody was first: who, and what they did, by the timeline that was read again. */
function changedWords(view: Changed | undefined) {
  const [last] = view?.timeline ?? []
  const isSupplement = last?.type === 'supplemented'
  return {
    title: isSupplement ? '这件刚补交了材料' : '这件刚刚有人办过了',
    words: `${last ? `${momentWords(last.at)} ${last.who}：${last.title}。` : ''}已经换成最新的。写了的还在，没有发出，看过再交。`,
  }
}

function wordsOf(trouble: Trouble, view: Changed | undefined) {
  const { code, title, detail } = trouble
  if (code === 'case.state-changed') return changedWords(view)
  if (isUnanswered(trouble)) {
    return { title: UNKNOWN, words: `${title}。你写的都还在，再点一次就知道，不会办重。` }
  }
  if (code.startsWith('server.')) {
    return { title: '没交上去', words: `${title}。你写的都还在，再点一次。` }
  }
  const isLimit = code === 'request.rate-limited'
  return {
    title,
    words: isLimit ? `你写的都还在。${limitWords(trouble)}` : (detail ?? '没有办成，你写的都还在。'),
  }
}

const UNASKED = { title: '没查成', words: '没有连上网。号码还在，再点一次。' }

interface TroubleNoticeProps {
  trouble: Trouble | undefined
  /** As it is now: names who was first. */
  view?: Changed
  /** It was only asked for something: nothing can have arrived. */
  isQuestion?: boolean
}

/** Why an act did not go through; nothing typed is lost. */
export function TroubleNotice({ trouble, view, isQuestion = false }: TroubleNoticeProps) {
  if (!trouble) return null
  const isUnasked = isQuestion && trouble.code === 'network.unreachable'
  const { title, words } = isUnasked ? UNASKED : wordsOf(trouble, view)
  return (
    <Notice tone={trouble.code === 'case.state-changed' ? 'today' : 'late'} title={title} className='mt-3'>
      {words}
    </Notice>
  )
}

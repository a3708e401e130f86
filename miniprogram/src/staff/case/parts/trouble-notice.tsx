import type { Trouble } from '../../../platform/api'
import { Notice } from '../../../ui/feedback/notice'

const wordsOf = ({ code, title, detail }: Trouble) => {
  if (code === 'case.state-changed') {
    return { title: '这件刚刚有人办过了', words: '已经换成最新的。你写的还在，看过再交。' }
  }
  if (code === 'network.unreachable' || code.startsWith('server.')) {
    return { title: '没交上去', words: `${title}。你写的都还在，再点一次。` }
  }
  return { title, words: detail ?? '没有办成，你写的都还在。' }
}

/** Why an act did not go through; nothing typed is lost. */
export function TroubleNotice({ trouble }: { trouble: Trouble | undefined }) {
  if (!trouble) return null
  const { title, words } = wordsOf(trouble)
  return (
    <Notice tone='late' title={title} className='mt-3'>
      {words}
    </Notice>
  )
}

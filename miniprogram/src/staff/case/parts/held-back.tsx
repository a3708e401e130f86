import { Notice } from '../../../ui/feedback/notice'

/** What was asked for and is not there yet, before one accepts: by the labels of `notEnough`. */
export function HeldBack({ labels }: { labels: readonly string[] }) {
  if (labels.length === 0) return null
  return (
    <Notice tone='soon' title={`还没补好：${labels.join('、')}`} className='mt-3'>
      够了，先在“补来了”那里点“够了”，再受理。不够，就不予受理，理由写明缺什么。
    </Notice>
  )
}

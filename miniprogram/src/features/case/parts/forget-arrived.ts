import { useEffect } from 'react'
import type { CaseView } from '#shared/contract/case'
import { isOver } from '#shared/domain/case/outcome/outcome-words'
import { ownersOf } from '../../../platform/upload-queue'
import {
  type DraftEntry,
  itemOfDraft,
  listDrafts,
  ownerOfDraft,
  removeDraft,
} from '../../application/parts/drafts'
import { wasSent } from '../../application/parts/sent-of'
import { forgetFiled } from '../../service-item/parts/just-filed'

/** Of which drafts the case says that they arrived: its photos are theirs, or nobody asks for the answer any more. */
function hasArrived(view: CaseView, owners: readonly string[], { key }: DraftEntry) {
  if (/^(counter-)?case:/.test(key) && key.includes(`:${view.id}:`)) return view.correction === null
  const of = itemOfDraft(key)
  if (of?.id !== view.serviceItemId) return false
  // Nobody else files what is one's own; what has ended may be what it was begun from.
  const isOwn = of.who === 'self' && !isOver(view.outcome) && wasSent(key, view.filedAt)
  return isOwn || owners.includes(ownerOfDraft(key))
}

/** What was handed in and whose answer was lost leaves the phone as soon as the case is seen to have it. */
export function useForgetArrived(view: CaseView | undefined) {
  useEffect(() => {
    if (!view || view.viewer === 'former') return
    if (isOver(view.outcome) && view.outcome.key !== 'granted') forgetFiled(view.id)
    const owners = ownersOf(new Set(view.papers.flatMap(({ files }) => files.map(({ id }) => id))))
    for (const draft of listDrafts()) if (hasArrived(view, owners, draft)) removeDraft(draft.key)
  }, [view])
}

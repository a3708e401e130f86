import type { CaseView } from '#shared/contract/case'
import { DISOWNED_REASON, WHOEVER_FILED } from '#shared/domain/case/whose/disowned'
import { type ActionForm, formOf, type SheetAction } from './action-forms'

/** What the sheets say where nobody applies: there is nobody but whoever filed it to read a paper. */
const LEADS: Readonly<Partial<Record<SheetAction, string>>> = {
  accept: `没有申请人，受理了也只能不予。受理通知书发给${WHOEVER_FILED}。`,
  decline: `理由写进不予受理决定书，${WHOEVER_FILED}看得到。`,
  verify: '没有申请人，办不成：核实的情况报上去，由后面的终止或者不予。',
  pass: '没有申请人，最后不能准予：这一步通过，由后面的终止或者不予。',
  transfer: `转过去的单位接着办，${WHOEVER_FILED}也会知道。`,
  deliver: `结果怎么送到${WHOEVER_FILED}手里的。`,
}

/** Whoever has the number has said so themselves: there is nothing to make sure of. */
const ENDED: ActionForm = {
  lead: `这件就到此为止，停了不能再恢复。${WHOEVER_FILED}会读到怎么办。`,
  phrases: [],
  done: '停了',
  cause: 'disowned',
}

export function disownedFormOf(action: SheetAction, { applicantKind }: CaseView): ActionForm {
  if (action === 'terminate') return ENDED
  const form = formOf(action)
  return {
    ...form,
    lead: LEADS[action] ?? form.lead,
    ...(action === 'decline' ? { phrases: [DISOWNED_REASON[applicantKind], ...form.phrases] } : {}),
  }
}

import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import type { ApprovalKind } from '#shared/domain/case/step/approval-state'
import { type ActionForm, approvalsToAnswer, isAskedFor } from './action-forms'

/** Of whoever allows what was asked for: its papers give the reason of whoever asked, but those of a second notice. */
const ALLOWING = {
  extend: {
    lead: '只能延长一次。申请人读到的是请示里写的理由，你写的只有办件的人看得到。',
    phrases: ['情况属实，同意延长', '同意延长，抓紧办'],
  },
  suspend: {
    lead: '只有法律写明的这几样不计时。申请人读到的是请示里写的理由，你写的只有办件的人看得到。',
    phrases: ['情况属实，同意暂停'],
  },
} as const satisfies Partial<Record<ApprovalKind, Pick<ActionForm, 'lead' | 'phrases'>>>

/** The form of an answer to what was asked for; as it was of every other act. */
export const answeringForm = (form: ActionForm, one: AllowedAction, view: CaseView): ActionForm =>
  (one.action === 'extend' || one.action === 'suspend') && isAskedFor(one, view)
    ? { ...form, ...ALLOWING[one.action] }
    : form

/** What is allowed by this act, as it was asked for; undefined where nobody asked. */
export const askedForBy = (one: AllowedAction, { staff }: CaseView) =>
  staff && approvalsToAnswer(staff, one).find((asked) => asked.for === one.action)

/**
 * Beside what was found: whoever allows has words of their own, and why a second notice is asked for is no reason for more time; else
 * what the unit has worded.
 */
export function phrasesOf(
  { action }: AllowedAction,
  kind: ApprovalKind | undefined,
  form: ActionForm,
  offered: (action: AllowedAction['action'], phrases: readonly string[]) => readonly string[],
) {
  if (action === 'request-approval' && kind === 'request-correction')
    return ['第一次没有要全', '补来的和要的不一样']
  const isAnswer = Object.values(ALLOWING).some(({ phrases }) => phrases === form.phrases)
  return isAnswer ? form.phrases : offered(action, form.phrases)
}

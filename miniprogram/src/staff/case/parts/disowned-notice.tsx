import type { CaseView } from '#shared/contract/case'
import { DISOWNED, NOBODY_APPLIED } from '#shared/domain/case/whose/disowned'
import { Notice } from '../../../ui/feedback/notice'
import { isOver } from './words'

/** Of a joint case. */
export const endedByWords = (unit: string) => `由受理的单位（${unit}）终止`

type Staff = NonNullable<CaseView['staff']>

/** What is to be done with it, as long as it is neither decided nor over. */
function waysOn({ endedBy, applicantUnnamed, allowed }: Staff) {
  const may = (action: string) => allowed.some((each) => each.action === action)
  if (endedBy !== null) return `${endedByWords(endedBy)}，各部门不用办。`
  if (applicantUnnamed) return '要往下办，先写明是谁申请的；不办就终止。'
  if (may('terminate') && !may('refuse') && !may('decline')) return '这件办不成，由你终止。'
  return `这件办不成：由正在办的终止，或者写明理由${may('decline') ? '不予受理' : '不予'}。`
}

const NOT_UP = ['notice-closed', 'objection-recorded']

/** A name that hangs out now; the newest event comes first. */
const isPublished = ({ timeline }: CaseView) =>
  timeline.find(({ type }) => type === 'notice-published' || NOT_UP.includes(type))?.type ===
  'notice-published'

/** Whoever has the number says that they have not applied: what that means for who works on it. */
export function DisownedNotice({ view, className }: { view: CaseView; className: string }) {
  const { staff, applicantKind, decision, documents } = view
  if (!staff?.disowned) return null
  const isGoing = !isOver(view)
  return (
    <Notice tone='late' title={DISOWNED[applicantKind]} className={className}>
      {`${NOBODY_APPLIED[applicantKind]}。`}
      {isGoing && decision === null && waysOn(staff)}
      {isGoing && documents.length > 0 && '已经出的文书照旧留着。'}
      {isGoing && isPublished(view) && '贴出去的公示，先撤下来。'}
    </Notice>
  )
}

import { handsOver } from '#shared/domain/case/delivery/counter'
import type { Principal } from '../../../platform/http/principal'
import type { OwnedCase } from '../case-row'
import type { ReadCase } from '../queries'
import { claimOf, itemOf, staffContext, type Viewer } from '../standing'
import type { ViewContext } from './subject'

interface Found {
  readonly read: ReadCase
  readonly caseRow: OwnedCase
  readonly principal: Principal
  readonly viewer: Viewer
  readonly context: ViewContext
}

/** Staff who stand in for an applicant who has no phone, and have them before them. */
export function standsInAt({ read, caseRow, principal, viewer, context }: Found): boolean {
  if (viewer !== 'staff') return false
  const { tasks, dealings } = read
  return claimOf(itemOf(context.reference, caseRow), { caseRow, tasks, dealings }, principal).standsIn
}

/** Whether who asks gives papers of the case to whom they are for, and so prints them in full. */
export function givesPapers(found: Found): boolean {
  const { read, caseRow, principal, viewer, context } = found
  if (viewer !== 'staff') return false
  const { reference, now } = context
  const staff = staffContext(caseRow, read.tasks, principal, reference, now)
  return handsOver(itemOf(reference, caseRow), caseRow.state, staff) || standsInAt(found)
}

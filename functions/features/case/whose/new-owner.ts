import { type SQL, sql } from 'drizzle-orm'
import { dueOfCase } from '#shared/domain/case/clock/clocks'
import { upgradeEvent } from '#shared/domain/case/upgrade'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { REVISION, type Revision } from '../../../platform/db/parts/revision'
import { IS_DECIDED } from '../../../platform/db/parts/stored-state'
import { type CaseRow, caseJson, type StoredWith, withCase } from '../case-row'
import { currentState } from '../current-state'
import type { CaseDeps } from '../deps'
import type { OutboxRow } from '../outbox'
import { itemOf, referenceAt } from '../standing'
import { reminderParts } from '../writes/statement'

/** Who is confirmed with a number: `profileIds` are all their accounts, the first of them the one that is told. */
export interface NewOwner {
  readonly numberIndex: string
  readonly profileIds: readonly [string, ...string[]]
}

interface Entered {
  readonly caseRow: CaseRow
  readonly revision: Revision
  readonly filedId: string
  readonly filed: string
}

/** What others entered for the number, is under way, decided or declined, and was not told to its owner, who was not known then. */
const listEntered = (
  { database, clock }: CaseDeps,
  { numberIndex, profileIds: [told, ...others] }: NewOwner,
) =>
  database.rows<
    StoredWith<Entered>
  >(sql`select ${caseJson(dayIn(clock.now()))} as "caseRow", e.id as "filedId", e.payload as filed,
      ${REVISION} as revision
    from cases c join case_events e on e.case_id = c.id and e.sequence = 1
    where c.applicant_index = ${numberIndex} and c.owner_id is null
      and (c.ended_at is null or c.status = 'declined' or ${IS_DECIDED})
      and (c.entered_by is not null or c.filed_by::text not in (
        select json_array_elements_text(${JSON.stringify([told, ...others])}::json)))
      and not exists (select 1 from reminders r
        where r.event_id = e.id and r.recipient = ${`profile:${told}`} and r.kind = 'filed')
    order by c.id`)

/**
 * The parts by which a new owner hears of what others entered for them, as a known owner does when it is filed; to be
 * written with the confirmation itself.
 */
export const createTellNewOwner =
  (deps: CaseDeps) =>
  async (owner: NewOwner): Promise<readonly SQL[]> => {
    const now = deps.clock.now()
    const found = await listEntered(deps, owner)
    const [first] = found
    if (!first) return []
    const reference = await referenceAt(deps, first.revision)
    const [told] = owner.profileIds
    const rows = found.flatMap((stored): (OutboxRow & { caseId: string })[] => {
      const { caseRow, filedId, filed } = withCase<Entered>(stored)
      const item = itemOf(reference, caseRow)
      const after = currentState(item, caseRow, now)
      const event = upgradeEvent({ type: 'filed', at: now, payload: filed })
      const planned = deps.planReminders({
        caseId: caseRow.id,
        caseNumber: caseRow.caseNumber,
        item,
        before: null,
        after,
        events: [{ id: filedId, event }],
        due: dueOfCase(item, after, reference.calendar),
        held: [],
        opened: [],
        newCard: null,
        ownStaff: caseRow.ownStaff,
        parties: [{ recipient: `profile:${told}`, as: 'new-owner' }],
        actor: { staffId: null, profileId: null },
      })
      return planned.map((row) => ({ ...row, caseId: caseRow.id }))
    })
    return reminderParts(rows, now)
  }

import { type SQL, sql } from 'drizzle-orm'
import { listOf, remindersPart } from '../../platform/db/parts/reminders'
import type { AccountDeps } from './accounts'

/** Of a member of staff, as the registry has them. */
export interface Registered {
  readonly staffName: string
  /** Null where the registry has none. */
  readonly numberIndex: string | null
}

interface Somebody {
  readonly name: string | null
  readonly numberIndex: string | null
}

/** Whether a person is the member: by the registry's number, else by name. */
export const isMember = ({ staffName, numberIndex }: Registered, person: Somebody) =>
  numberIndex === null ? person.name === staffName : person.numberIndex === numberIndex

/** The administrators who work, as JSON. */
export const ADMIN_IDS = sql`(select coalesce(json_agg(distinct r.staff_id), '[]'::json) from staff_roles r
  join staff a on a.id = r.staff_id and a.active where r.role = 'admin')`

interface Told {
  readonly profileId: string
  readonly title: string
  readonly line: string
}

/** Tells an account and the administrators, where `happened` holds of the statement, that a work identity left it. */
export function toldOfWorkIdentity(
  deps: Pick<AccountDeps, 'clock' | 'ids' | 'sealMessage'>,
  former: Told,
  admins: { readonly ids: readonly string[]; readonly title: string; readonly line: string },
  happened: SQL,
): SQL {
  const eventId = deps.ids.next()
  const now = deps.clock.now()
  const messages = [
    { recipient: `profile:${former.profileId}`, title: former.title, line: former.line },
    ...admins.ids.map((id) => ({ recipient: `staff:${id}`, title: admins.title, line: admins.line })),
  ].map(({ recipient, title, line }) => {
    const id = deps.ids.next()
    return {
      id,
      eventId,
      caseId: null,
      kind: 'work-identity-moved',
      recipient,
      urgent: true,
      templateId: null,
      channel: 'inbox',
      availableAt: now,
      bodySealed: deps.sealMessage(id, { title, lines: [line], page: '', data: {} }),
    }
  })
  return remindersPart('told', { from: listOf(messages), where: happened }, now)
}

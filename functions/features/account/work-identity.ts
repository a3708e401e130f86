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

interface Message {
  readonly recipient: string
  readonly title: string
  readonly line: string
}

/** Into the inbox of each, where `happened` holds of the statement. */
function toldOf(
  deps: Pick<AccountDeps, 'clock' | 'ids' | 'sealMessage'>,
  kind: string,
  messages: readonly Message[],
  happened: SQL,
): SQL {
  const eventId = deps.ids.next()
  const now = deps.clock.now()
  const rows = messages.map(({ recipient, title, line }) => {
    const id = deps.ids.next()
    return {
      id,
      eventId,
      caseId: null,
      kind,
      recipient,
      urgent: true,
      templateId: null,
      channel: 'inbox',
      availableAt: now,
      bodySealed: deps.sealMessage(id, { title, lines: [line], page: '', data: {} }),
    }
  })
  return remindersPart('told', { from: listOf(rows), where: happened }, now)
}

interface ToAdmins {
  /** Of the members of staff. */
  readonly ids: readonly string[]
  readonly title: string
  readonly line: string
}

const toAdmins = ({ ids, title, line }: ToAdmins) =>
  ids.map((id) => ({ recipient: `staff:${id}`, title, line }))

/** Tells the administrators alone, by the part `told`. */
export const toldAdmins = (
  deps: Pick<AccountDeps, 'clock' | 'ids' | 'sealMessage'>,
  { kind, ...admins }: ToAdmins & { readonly kind: string },
  happened: SQL,
): SQL => toldOf(deps, kind, toAdmins(admins), happened)

/** Tells an account and the administrators, where `happened` holds of the statement, that a work identity left it. */
export const toldOfWorkIdentity = (
  deps: Pick<AccountDeps, 'clock' | 'ids' | 'sealMessage'>,
  { profileId, title, line }: Told,
  admins: ToAdmins,
  happened: SQL,
): SQL =>
  toldOf(
    deps,
    'work-identity-moved',
    [{ recipient: `profile:${profileId}`, title, line }, ...toAdmins(admins)],
    happened,
  )

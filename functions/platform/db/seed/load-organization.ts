import { and, eq, getTableName, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { Cipher } from '../../ports/cipher'
import type { Db } from '../../ports/database'
import { sealedIn } from '../../ports/sealed-in'
import { auditEntries, caseTasks, profiles, servicePoints, staff, staffRoles, units } from '../schema'
import { basesOf, byKey, type Merge, mergeTable } from './merge-table'
import type { Pack, PackStaffMember } from './pack-schema'
import { profileIdOf } from './seed-ids'

type UnitRow = typeof units.$inferInsert

const noOffice = { phone: null, address: null, documentPrefix: null, reviewAuthority: null, court: null }

function unitRows({ units: { county, departments, towns, villages } }: Pack): UnitRow[] {
  const office = (unit: Pack['units']['departments'][number] | Pack['units']['towns'][number]) => ({
    id: unit.id,
    name: unit.name,
    creditCode: unit.creditCode,
    phone: unit.phone,
    address: unit.address,
    documentPrefix: unit.documentPrefix,
    reviewAuthority: unit.reviewAuthority,
    court: unit.court,
    parentId: county.id,
    demo: unit.demo,
  })
  return [
    { ...noOffice, ...county, kind: 'county', parentId: null },
    ...departments.map(
      (unit): UnitRow => ({ ...office(unit), kind: 'department', shortName: unit.shortName }),
    ),
    ...towns.map((unit): UnitRow => ({ ...office(unit), kind: 'town', shortName: unit.name })),
    ...villages.map(
      ({ id, name, creditCode, townId, demo }): UnitRow => ({
        ...noOffice,
        id,
        kind: 'village',
        name,
        shortName: name,
        parentId: townId,
        creditCode,
        demo,
      }),
    ),
  ]
}

const pointRows = (pack: Pack): (typeof servicePoints.$inferInsert)[] =>
  pack.servicePoints.map((point) => ({
    id: point.id,
    kind: point.kind,
    unitId: point.unitId,
    name: point.name,
    address: point.address,
    phone: point.phone,
    windows: point.windows,
    hours: point.hours,
    details: {
      hasHall: point.hasHall,
      equipment: point.equipment,
      capabilities: point.capabilities,
      agentVacant: point.agentVacant,
      nearest: point.nearest,
      model: point.model,
      sharedWith: point.sharedWith,
      mobileStands: point.mobileStands,
      note: point.note,
    },
    demo: point.demo,
  }))

export const loadUnits = async (db: Db, pack: Pack) => ({
  units: await mergeTable(db, units, unitRows(pack), await db.select().from(units), ['id']),
  servicePoints: await mergeTable(db, servicePoints, pointRows(pack), await db.select().from(servicePoints), [
    'id',
  ]),
})

/** Sealing twice gives two texts: what still opens to the same value is kept. */
export function sealAgain(cipher: Cipher, held: string | null | undefined, plain: string, context: string) {
  return held && cipher.decrypt(held, context) === plain ? held : cipher.encrypt(plain, context)
}

type StaffRow = typeof staff.$inferSelect

/**
 * Who is new or comes back with this pack works once they have bound their WeChat; an operator's or an administrator's word
 * stays, whatever a pack says. ADR 0026
 */
function standingOf(held: StaffRow | undefined, isBound: boolean): Pick<StaffRow, 'active' | 'awaited'> {
  if (held !== undefined && held.listing !== 'left') return { active: held.active, awaited: held.awaited }
  return { active: isBound, awaited: !isBound }
}

const staffRow = (
  cipher: Cipher,
  member: PackStaffMember,
  held: StaffRow | undefined,
  bound: ReadonlySet<string>,
) => ({
  id: member.id,
  name: member.name,
  phoneSealed:
    member.phone === null
      ? null
      : sealAgain(cipher, held?.phoneSealed, member.phone, sealedIn.staffPhone(member.id)),
  idNumberIndex: cipher.blindIndex('id-number', member.idNumber),
  partTime: member.partTime,
  dutyHours: member.dutyHours,
  leave: member.leave,
  reminderAt: member.reminderAt,
  maxOpenCases: member.maxOpenCases,
  substituteId: member.substituteId,
  ...standingOf(held, bound.has(member.id)),
  listing: 'listed' as const,
  demo: member.demo,
})

/** Members to whom a WeChat account is bound. The people of the demo come so, where they have not come before. */
async function boundAmong(db: Db, members: readonly PackStaffMember[], isDemo: boolean) {
  const bound = await db
    .select({ id: profiles.staffId })
    .from(profiles)
    .where(and(isNotNull(profiles.staffId), isNull(profiles.closedAt)))
  const ids = isDemo ? members.map(({ id }) => profileIdOf(id)) : []
  const known = await db.select({ id: profiles.id }).from(profiles).where(inArray(profiles.id, ids))
  const here = new Set(known.map(({ id }) => id))
  const coming = isDemo ? members.filter(({ id }) => !here.has(profileIdOf(id))) : []
  return new Set([...bound.flatMap(({ id }) => id ?? []), ...coming.map(({ id }) => id)])
}

const ROLE_KEYS = ['staffId', 'role', 'unitId'] as const

/** A role that the last pack gave and this one does not ends; one that was given in the product stays. */
async function loadRoles(db: Db, members: readonly PackStaffMember[]): Promise<Merge> {
  const ids = members.map((member) => member.id)
  const wanted = members.flatMap((member) =>
    member.roles.map(({ role, unitId, acting }) => ({ staffId: member.id, role, unitId, acting })),
  )
  const held = await db.select().from(staffRoles).where(inArray(staffRoles.staffId, ids))
  const wantedByKey = byKey(wanted, ROLE_KEYS)
  const bases = await basesOf(db, getTableName(staffRoles), byKey(held, ROLE_KEYS))
  const surplus = [...byKey(held, ROLE_KEYS)].filter(([id]) => bases.has(id) && !wantedByKey.has(id))
  if (surplus.length > 0)
    await db
      .delete(staffRoles)
      .where(
        or(
          ...surplus.map(([, { staffId, role, unitId }]) =>
            and(eq(staffRoles.staffId, staffId), eq(staffRoles.role, role), eq(staffRoles.unitId, unitId)),
          ),
        ),
      )
  const merged = await mergeTable(db, staffRoles, wanted, held, ROLE_KEYS)
  return { ...merged, written: merged.written + surplus.length }
}

/**
 * Ends the work of whom an older pack listed and this one does not. Their roles and cases stay written; they count no
 * more. Answers how many they are.
 */
async function endWorkOfMissing(db: Db, members: readonly PackStaffMember[], now: Instant) {
  const listed = new Set(members.map(({ id }) => id))
  const held = await db
    .select({ id: staff.id })
    .from(staff)
    .where(and(eq(staff.listing, 'listed'), or(staff.active, staff.awaited)))
  const missing = held.map(({ id }) => id).filter((id) => !listed.has(id))
  if (missing.length === 0) return 0
  await db
    .update(staff)
    .set({ active: false, awaited: false, listing: 'left' })
    .where(inArray(staff.id, missing))
  await db.update(caseTasks).set({ assigneeId: null }).where(inArray(caseTasks.assigneeId, missing))
  await db.insert(auditEntries).values(
    missing.map((id) => ({
      id: uuidv7(),
      at: now,
      actor: 'system:load-pack',
      action: 'staff.end-work',
      subject: `staff:${id}`,
    })),
  )
  return missing.length
}

/** Open tasks whose pool has nobody who can come are shown to the administrator. */
const markUnstaffed = (db: Db) =>
  db.execute(sql`update case_tasks t set unstaffed = true where not t.unstaffed and not exists (
    select 1 from staff_roles r join staff s on s.id = r.staff_id and s.active
    where r.role = t.role and r.unit_id = t.unit_id)`)

/** Members of staff with their roles. A pack without any tells nothing about who works: nobody leaves by it. */
export async function loadStaff(
  db: Db,
  { cipher, now, isDemo }: { readonly cipher: Cipher; readonly now: Instant; readonly isDemo: boolean },
  members: readonly PackStaffMember[],
) {
  if (members.length === 0) return {}
  const held = await db.select().from(staff)
  const byId = new Map(held.map((row) => [row.id, row]))
  const bound = await boundAmong(db, members, isDemo)
  const rows = members.map((member) => staffRow(cipher, member, byId.get(member.id), bound))
  const merged = await mergeTable(db, staff, rows, held, ['id'])
  const left = await endWorkOfMissing(db, members, now)
  const roles = await loadRoles(db, members)
  if (left + roles.written > 0) await markUnstaffed(db)
  return { staff: { ...merged, written: merged.written + left }, staffRoles: roles }
}

import { APPROVER_ROLES } from '#shared/domain/case/step/approvers'
import { passesLuhn } from '#shared/domain/kernel/digits'
import { rolesWithin } from '#shared/domain/organization/pools'
import type { Pack, PackCredential, PackResident, PackStaffMember } from '../pack-schema'
import { type Check, checkUnique, type Lookups } from './lookups'

function checkPerson(
  { unitKinds }: Lookups,
  check: Check,
  person: PackStaffMember | PackResident,
  path: string,
) {
  const { idNumber, birth, sex } = person
  check(idNumber.slice(6, 14) === birth.replaceAll('-', ''), `${path}/birth`, '和身份证号里的生日不一致')
  check((Number(idNumber[16]) % 2 === 1) === (sex === 'male'), `${path}/sex`, '和身份证号里的性别不一致')
  check(
    unitKinds.get(person.villageId) === 'village',
    `${path}/villageId`,
    `没有这个村 "${person.villageId}"`,
  )
}

/** Somebody stands in who may do the same: same role and unit; for a village its town's other agents. */
function checkSubstitute(
  { staff, townOf, handledRoles }: Lookups,
  check: Check,
  member: PackStaffMember,
  path: string,
) {
  if (member.substituteId === null) {
    const handles = member.roles.some((held) => handledRoles.has(held.role))
    check(!handles, `${path}/substituteId`, '办件的人要有代的人（休假、回避时用）')
    return
  }
  const substitute = staff.get(member.substituteId)
  if (substitute === undefined || substitute === member) {
    check(false, `${path}/substituteId`, `没有这个工作人员 "${member.substituteId}"`)
    return
  }
  const fits = member.roles.some((held) =>
    substitute.roles.some(
      (other) =>
        other.role === held.role &&
        (other.unitId === held.unitId ||
          (held.role === 'village-agent' && townOf.get(other.unitId) === townOf.get(held.unitId))),
    ),
  )
  check(fits, `${path}/substituteId`, `"${member.substituteId}" 没有相同单位的相同角色，不能代`)
}

/** Nobody of another organ stands in for who approves in one: they would be asked nothing. 行政许可法 第42条 */
function checkLeaveSubstitute(
  { staff }: Lookups,
  check: Check,
  { roles }: PackStaffMember,
  substituteId: string | null,
  path: string,
) {
  if (substituteId === null) return
  const substitute = staff.get(substituteId)
  check(substitute !== undefined, path, `没有这个工作人员 "${substituteId}"`)
  if (substitute === undefined) return
  const registry = { rolesOf: () => substitute.roles }
  const approves = roles.filter(({ role }) => APPROVER_ROLES.includes(role))
  const fits = approves.every(({ unitId }) => rolesWithin(registry, substituteId, unitId).length > 0)
  check(fits, path, `"${substituteId}" 不是同一个单位的人，不能代批`)
}

function checkStaff(lookups: Lookups) {
  const { pack, unitKinds } = lookups
  const check = lookups.in('staff.json')
  pack.staff.forEach((member, at) => {
    checkPerson(lookups, check, member, `/${at}`)
    member.roles.forEach(({ role, unitId }, which) => {
      const kind = unitKinds.get(unitId)
      check(kind !== undefined, `/${at}/roles/${which}/unitId`, `没有这个单位 "${unitId}"`)
      check(
        role !== 'village-agent' || kind === 'village',
        `/${at}/roles/${which}/role`,
        '代办员要在村（社区）',
      )
    })
    checkUnique(
      check,
      member.roles.map((held) => `${held.role}@${held.unitId}`),
      (which) => `/${at}/roles/${which}`,
    )
    checkSubstitute(lookups, check, member, `/${at}`)
    member.leave.forEach((leave, which) => {
      check(leave.from <= leave.to, `/${at}/leave/${which}/to`, '止早于起')
      checkLeaveSubstitute(lookups, check, member, leave.substituteId, `/${at}/leave/${which}/substituteId`)
    })
    member.dutyHours.forEach((hours, which) => {
      check(
        hours.unitId === undefined || unitKinds.has(hours.unitId),
        `/${at}/dutyHours/${which}/unitId`,
        `没有这个单位 "${hours.unitId}"`,
      )
    })
  })
  checkStaffing(lookups, check)
}

const TOWN_ROLES = ['town-window', 'town-reviewer', 'town-approver', 'liaison'] as const
const COUNTY_ROLES = ['chief-liaison', 'admin', 'auditor', 'leader', 'project-officer'] as const

/** Each village its agent, each town its four, the county its five. */
function checkStaffing({ pack, holders }: Lookups, check: Check) {
  for (const { id } of pack.units.villages) {
    const agents = holders('village-agent', id)
    check(agents === 1, '', `村 "${id}" 的代办员要 1 人，现在 ${agents} 人`)
  }
  for (const { id } of pack.units.towns)
    for (const role of TOWN_ROLES) check(holders(role, id) > 0, '', `镇街 "${id}" 没有 "${role}"`)
  for (const role of COUNTY_ROLES)
    check(
      pack.staff.some((member) => member.roles.some((held) => held.role === role)),
      '',
      `全县没有一个 "${role}"`,
    )
}

function checkCredentials(
  { credentialFields }: Lookups,
  check: Check,
  credentials: readonly PackCredential[],
  path: string,
) {
  credentials.forEach(({ code, values }, at) => {
    const fields = credentialFields.get(code)
    check(fields !== undefined, `${path}/${at}/code`, `credential-kinds.json 里没有 "${code}"`)
    for (const name of Object.keys(values))
      check(fields?.includes(name) ?? true, `${path}/${at}/values/${name}`, `证照 "${code}" 没有这一项`)
    const card = values['bankNo']
    check(
      card === undefined || (/^\d{16,19}$/.test(String(card)) && passesLuhn(String(card))),
      `${path}/${at}/values/bankNo`,
      '卡号校验不对（ISO 7812 Luhn）',
    )
  })
}

function checkRelations({ people, pack }: Lookups, check: Check, resident: PackResident, path: string) {
  const named = [
    ...resident.family.map(({ personId }, at) => ({ personId, path: `${path}/family/${at}/personId` })),
    ...resident.mayActFor.map(({ personId }, at) => ({ personId, path: `${path}/mayActFor/${at}/personId` })),
    ...(resident.guardianId === null ? [] : [{ personId: resident.guardianId, path: `${path}/guardianId` }]),
  ]
  for (const { personId, path: where } of named)
    check(people.has(personId), where, `没有这个人 "${personId}"`)
  const events = new Set(pack.lifeEvents.map((event) => event.key))
  resident.mayActFor.forEach((mandate, at) => {
    check(mandate.from <= mandate.until, `${path}/mayActFor/${at}/until`, '止早于起')
    mandate.lifeEvents.forEach((event, which) => {
      check(
        events.has(event),
        `${path}/mayActFor/${at}/lifeEvents/${which}`,
        `life-events.json 里没有 "${event}"`,
      )
    })
  })
}

/** Somebody who is both stands in both files, as one person. */
function checkOnePerson({ staff }: Lookups, check: Check, resident: PackResident, path: string) {
  const member = staff.get(resident.id)
  if (member === undefined) return
  for (const key of ['name', 'idNumber', 'phone'] as const)
    check(member[key] === resident[key], `${path}/${key}`, `和 staff.json 里的 "${resident.id}" 不一致`)
}

function checkResidents(lookups: Lookups) {
  const { pack, staff } = lookups
  const check = lookups.in('residents.json')
  pack.residents.forEach((resident, at) => {
    checkPerson(lookups, check, resident, `/${at}`)
    checkOnePerson(lookups, check, resident, `/${at}`)
    checkRelations(lookups, check, resident, `/${at}`)
    checkCredentials(lookups, check, resident.credentials, `/${at}/credentials`)
  })
  const others = pack.residents.map((resident) => (staff.has(resident.id) ? null : resident))
  for (const key of ['idNumber', 'phone'] as const) {
    const taken = [
      ...pack.staff.map((member) => member[key]),
      ...others.map((resident) => resident?.[key] ?? null),
    ]
    checkUnique(
      (holds, path, fault) =>
        lookups.in(path.startsWith('staff') ? 'staff.json' : 'residents.json')(
          holds,
          path.replace(/^\w+/, ''),
          fault,
        ),
      taken,
      (at) => (at < pack.staff.length ? `staff/${at}/${key}` : `residents/${at - pack.staff.length}/${key}`),
    )
  }
}

function checkEnterprise(
  lookups: Lookups,
  check: Check,
  enterprise: Pack['enterprises'][number],
  path: string,
) {
  const { people, itemIds, unitKinds } = lookups
  const { villageId } = enterprise
  check(
    villageId === null || unitKinds.get(villageId) === 'village',
    `${path}/villageId`,
    `没有这个村 "${villageId}"`,
  )
  enterprise.agents.forEach(({ personId, itemIds: items }, at) => {
    check(people.has(personId), `${path}/agents/${at}/personId`, `没有这个人 "${personId}"`)
    items?.forEach((id, which) => {
      check(itemIds.has(id), `${path}/agents/${at}/itemIds/${which}`, `没有这个事项 "${id}"`)
    })
  })
  enterprise.permits.forEach(({ itemId }, at) => {
    check(itemIds.has(itemId), `${path}/permits/${at}/itemId`, `没有这个事项 "${itemId}"`)
  })
  checkCredentials(lookups, check, enterprise.credentials, `${path}/credentials`)
}

export function checkPeople(lookups: Lookups) {
  const { pack } = lookups
  checkStaff(lookups)
  checkResidents(lookups)
  const enterprises = lookups.in('enterprises.json')
  pack.enterprises.forEach((enterprise, at) => {
    checkEnterprise(lookups, enterprises, enterprise, `/${at}`)
  })
  for (const file of ['staff', 'residents', 'enterprises'] as const)
    checkUnique(
      lookups.in(`${file}.json`),
      pack[file].map((each) => each.id),
      (at) => `/${at}/id`,
    )
  checkUnique(
    enterprises,
    pack.enterprises.map((each) => each.creditCode),
    (at) => `/${at}/creditCode`,
  )
}

import { desc, eq, inArray, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Instant, plainDate } from '#shared/domain/kernel/plain-date'
import { openEmptyDatabase } from '../../../../tests/empty-database'
import { createAesCipher } from '../../adapters/cipher'
import type { Database } from '../../ports/database'
import { sealedIn } from '../../ports/sealed-in'
import { profiles, serviceItems, staff, staffRoles } from '../schema'
import { type LoadPackOptions, loadPack } from './load-pack'
import type { Pack } from './pack-schema'
import { readPack } from './read-pack'
import { profileIdOf } from './seed-ids'

const secret = Uint8Array.from({ length: 32 }, (_, at) => at)
const cipher = createAesCipher({ keys: [{ id: 'test', secret }], indexSecret: secret })
const options: LoadPackOptions = {
  cipher,
  clock: { now: () => '2026-11-24T01:42:00.000Z' as Instant },
  demo: { openidOf: (personId) => ({ appid: 'wx0', openid: `o-${personId}`, unionid: `u-${personId}` }) },
}

const TABLES = [
  'units',
  'service_points',
  'staff',
  'staff_roles',
  'service_items',
  'calendar_years',
  'county_facts',
  'pack_rows',
  'reference_data',
  'profiles',
  'wechat_identities',
  'enterprises',
  'enterprise_agents',
  'credentials',
]

/** Every row with the transaction that wrote it: a row that was touched shows, even if nothing in it changed. */
const dumpOf = (database: Database) =>
  Promise.all(
    TABLES.map((table) =>
      database.rows<{ row: string }>(
        sql.raw(`select xmin::text || ' ' || t::text as row from ${table} t order by 1`),
      ),
    ),
  )

async function countsOf(database: Database) {
  const [row] = await database.rows<Record<string, number>>(sql`
    select (select count(*)::int from units where kind = 'department') as departments,
           (select count(*)::int from units where kind = 'town') as towns,
           (select count(*)::int from units where kind = 'village') as villages,
           (select count(*)::int from service_points) as points,
           (select count(*)::int from staff) as staff,
           (select count(*)::int from profiles) as people,
           (select count(*)::int from service_items) as items,
           (select count(*)::int from enterprises) as enterprises,
           (select count(*)::int from credentials) as credentials,
           (select revision from reference_data) as revision`)
  return row
}

async function readLangxi(): Promise<Pack> {
  const read = await readPack('drizzle/packs/langxi')
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}

const withItem = (pack: Pack, id: string, change: Partial<Pack['serviceItems'][number]>): Pack => ({
  ...pack,
  serviceItems: pack.serviceItems.map((item) => (item.id === id ? { ...item, ...change } : item)),
})

describe('loading the county pack', () => {
  let database: Database
  let pack: Pack

  beforeAll(async () => {
    database = await openEmptyDatabase()
    pack = await readLangxi()
    await loadPack(database, pack, options)
  })
  afterAll(() => database.close())

  it('fills the tables', async () => {
    expect(await countsOf(database)).toEqual({
      departments: 31,
      towns: 12,
      villages: 101,
      points: 115,
      staff: 307,
      people: 339,
      items: 52,
      enterprises: 6,
      credentials: 153,
      revision: 1,
    })
  })

  it('touches no row the second time', async () => {
    const before = await dumpOf(database)
    expect(await loadPack(database, pack, options)).toEqual({ revision: 1, written: {}, kept: [] })
    expect(await dumpOf(database)).toEqual(before)
  })

  it('finds every row as it should be even when it has forgotten which pack was loaded', async () => {
    await database.rows(sql`delete from county_facts where key = 'pack'`)
    expect(await loadPack(database, pack, options)).toEqual({ revision: 1, written: {}, kept: [] })
  })

  it('seals what it knows of a person and knows no more than the level says', async () => {
    const [jianguo] = await database.db
      .select()
      .from(profiles)
      .where(eq(profiles.id, profileIdOf('li-jianguo')))
    expect(jianguo).toMatchObject({
      realNameLevel: 3,
      villageCode: '341821105200',
      staffId: null,
      demo: true,
    })
    expect(cipher.decrypt(jianguo?.nameSealed ?? '', sealedIn.profile(jianguo?.id ?? '', 'name'))).toBe(
      '李建国',
    )
    expect(jianguo?.idNumberIndex).toBe(cipher.blindIndex('id-number', '341821196805123019'))
    const [yulan] = await database.db
      .select()
      .from(profiles)
      .where(eq(profiles.id, profileIdOf('wang-yulan')))
    expect(yulan).toMatchObject({
      realNameLevel: 1,
      nameSealed: null,
      idNumberSealed: null,
      idNumberIndex: null,
    })
    expect(yulan?.phoneSealed).not.toBeNull()
  })

  it('makes one person of somebody who is both staff and resident', async () => {
    const [agent] = await database.db.select().from(profiles).where(eq(profiles.staffId, 'wang-lixin'))
    expect(agent).toMatchObject({ id: profileIdOf('wang-lixin'), realNameLevel: 3 })
  })

  it('holds no name or number in the clear but those of officials and enterprises', async () => {
    const dump = JSON.stringify(await dumpOf(database))
    for (const { idNumber, phone } of [...pack.staff, ...pack.residents]) {
      expect(dump).not.toContain(idNumber)
      if (phone) expect(dump).not.toContain(phone)
    }
    for (const { name } of pack.residents.filter(({ id }) => id === 'chen-guilan'))
      expect(dump).not.toContain(name)
  })

  it('keeps the guide that cases were filed under and adds the changed one as a version', async () => {
    const guides = () =>
      database.db
        .select()
        .from(serviceItems)
        .where(eq(serviceItems.id, 'LX-005'))
        .orderBy(serviceItems.version)
    const [before] = await guides()
    const changed = withItem(pack, 'LX-005', { oneLine: '满 80 岁，按月发到社保卡' })
    const later = { ...options, clock: { now: () => '2026-12-01T01:00:00.000Z' as Instant } }
    expect(await loadPack(database, changed, later)).toEqual({
      revision: 2,
      written: { serviceItems: 1 },
      kept: [],
    })
    const [first, second, ...others] = await guides()
    expect(first).toEqual(before)
    expect(second).toMatchObject({ version: 2, effectiveOn: '2026-12-01' })
    expect(second?.guide).toMatchObject({ oneLine: '满 80 岁，按月发到社保卡' })
    expect(others).toEqual([])
  })

  it('makes roles exactly those of the pack and leaves what a person changed', async () => {
    await database.db
      .update(profiles)
      .set({ elderMode: false })
      .where(eq(profiles.id, profileIdOf('chen-guilan')))
    const moved: Pack = {
      ...pack,
      staff: pack.staff.map((member) =>
        member.id === 'zhao-min'
          ? { ...member, roles: [{ role: 'town-window', unitId: '341821101', acting: true }] }
          : member,
      ),
    }
    const { written } = await loadPack(database, moved, options)
    expect(Object.keys(written).sort()).toEqual(['serviceItems', 'staffRoles'])
    const roles = await database.db.select().from(staffRoles).where(eq(staffRoles.staffId, 'zhao-min'))
    expect(roles).toEqual([{ staffId: 'zhao-min', role: 'town-window', unitId: '341821101', acting: true }])
    const [elder] = await database.db
      .select()
      .from(profiles)
      .where(eq(profiles.id, profileIdOf('chen-guilan')))
    expect(elder?.elderMode).toBe(false)
  })

  it('ends the work of whom it no longer lists, and of nobody else', async () => {
    const states = async (...ids: string[]) =>
      Object.fromEntries(
        (await database.db.select().from(staff).where(inArray(staff.id, ids))).map(({ id, active }) => [
          id,
          active,
        ]),
      )
    const without = (...ids: string[]): Pack => ({
      ...pack,
      staff: pack.staff.filter(({ id }) => !ids.includes(id)),
    })
    const revisions = async () => {
      const [row] = await database.rows<Record<string, number>>(
        sql`select revision, catalogue, calendar, registry from reference_data`,
      )
      return row
    }
    await database.rows(sql`insert into staff (id, name, part_time, duty_hours, leave, demo, listing)
      values ('added-here', '新来的', false, '[]', '[]', false, 'added')`)
    await database.rows(sql`update staff set active = false where id = 'zhao-min'`)
    const before = await revisions()

    const { written } = await loadPack(database, without('wang-lixin', 'sun-zhiyuan'), options)
    expect(written['staff']).toBe(2)
    expect(await revisions()).toEqual({
      ...before,
      revision: (before?.['revision'] ?? 0) + 1,
      registry: (before?.['registry'] ?? 0) + 1,
    })
    expect(await states('wang-lixin', 'sun-zhiyuan', 'zhao-min', 'added-here', 'he-jing')).toEqual({
      'wang-lixin': false,
      'sun-zhiyuan': false,
      // Switched off by an operator, listed by the pack.
      'zhao-min': false,
      'added-here': true,
      'he-jing': true,
    })
    const audited = await database.rows<{ subject: string }>(
      sql`select subject from audit_entries where action = 'staff.end-work' order by subject`,
    )
    expect(audited.map(({ subject }) => subject)).toEqual(['staff:sun-zhiyuan', 'staff:wang-lixin'])

    // Who comes back works again; who was switched off meanwhile does not.
    await loadPack(database, without('zhao-min'), options)
    expect(await states('wang-lixin', 'sun-zhiyuan', 'zhao-min')).toEqual({
      'wang-lixin': true,
      'sun-zhiyuan': true,
      'zhao-min': false,
    })
    await loadPack(database, pack, options)
    expect(await states('wang-lixin', 'zhao-min')).toEqual({ 'wang-lixin': true, 'zhao-min': false })
  })

  it('leaves whom an administrator has back as they are, and awaits nobody whom it no longer lists', async () => {
    const awaited = async () => {
      const rows = await database.rows<{ id: string }>(sql`select id from staff where awaited order by id`)
      return rows.map(({ id }) => id)
    }
    await database.rows(
      sql`update staff set active = false, awaited = true where id in ('he-jing', 'sun-zhiyuan')`,
    )
    const changed = withItem(pack, 'LX-001', { fee: '2 元' })
    expect(await loadPack(database, changed, options)).toMatchObject({ kept: [] })
    expect(await awaited()).toEqual(['he-jing', 'sun-zhiyuan'])
    await loadPack(database, { ...pack, staff: pack.staff.filter(({ id }) => id !== 'sun-zhiyuan') }, options)
    expect(await awaited()).toEqual(['he-jing'])
    await database.rows(sql`update staff set active = true, awaited = false where id = 'he-jing'`)
    await loadPack(database, pack, options)
  })

  it('counts on nobody who has never bound a WeChat', async () => {
    const database = await openEmptyDatabase()
    const real = (...ids: string[]): Pack => ({
      ...pack,
      staff: pack.staff.flatMap((member) => (ids.includes(member.id) ? [{ ...member, demo: false }] : [])),
    })
    const load = (...ids: string[]) => loadPack(database, real(...ids), { ...options, demo: null })
    const standing = () =>
      database.rows(
        sql`select id, active, awaited, listing from staff where id in ('he-jing', 'zhao-min') order by id`,
      )
    await load('he-jing', 'zhao-min')
    expect(await standing()).toEqual([
      { id: 'he-jing', active: false, awaited: true, listing: 'listed' },
      { id: 'zhao-min', active: false, awaited: true, listing: 'listed' },
    ])
    // One of them comes; both are dropped, and listed again.
    await database.rows(sql`insert into profiles (id, real_name_level, staff_id, created_at, demo)
      values (gen_random_uuid(), 3, 'he-jing', now(), false)`)
    await database.rows(sql`update staff set active = true, awaited = false where id = 'he-jing'`)
    await load('sun-zhiyuan')
    expect(await standing()).toEqual([
      { id: 'he-jing', active: false, awaited: false, listing: 'left' },
      { id: 'zhao-min', active: false, awaited: false, listing: 'left' },
    ])
    await load('he-jing', 'zhao-min', 'sun-zhiyuan')
    expect(await standing()).toEqual([
      { id: 'he-jing', active: true, awaited: false, listing: 'listed' },
      { id: 'zhao-min', active: false, awaited: true, listing: 'listed' },
    ])
    await database.close()
  }, 60_000)

  it('sends nobody away by a pack without any staff', async () => {
    await loadPack(database, pack, options)
    await loadPack(database, pack, { ...options, demo: null })
    const [row] = await database.rows<{ count: number }>(
      sql`select count(*)::int as count from staff where active`,
    )
    expect(row?.count).toBeGreaterThan(300)
  })

  it('never undoes what was edited in the product, and tells what it kept', async () => {
    await loadPack(database, pack, options)
    const edit = (text: string) => database.rows(sql.raw(text))
    await edit(`update staff set leave = '[{"from":"2026-12-01","to":"2026-12-05"}]' where id = 'he-jing'`)
    await edit(`update units set phone = '0563-1' where id = '341821105'`)
    await edit(
      `insert into staff_roles (staff_id, role, unit_id, acting) values ('he-jing', 'auditor', '341821', true)`,
    )
    await edit(`delete from staff_roles where staff_id = 'qian-li'`)
    await edit(`update calendar_years set off_days = '["2026-01-01"]' where year = 2026`)
    await edit(`insert into service_items (id, version, effective_on, demo, guide) select id, version + 1, '2026-11-24', demo,
      guide || '{"fee":"免费，改过","confidential":true}' from service_items i where id = 'LX-001'
      and version = (select max(version) from service_items where id = i.id)`)
    const newer = (item: Pack['serviceItems'][number]) =>
      item.id === 'LX-001' ? { ...item, fee: '5 元', oneLine: '新的一句' } : item
    const changed: Pack = {
      ...pack,
      serviceItems: pack.serviceItems.map(newer),
      calendars: pack.calendars.map((year) => ({ ...year, source: `${year.source}，又印了一次` })),
      units: {
        ...pack.units,
        towns: pack.units.towns.map((town) =>
          town.id === '341821105' ? { ...town, phone: '0563-2' } : town,
        ),
      },
    }
    const { kept } = await loadPack(database, changed, options)
    const told = kept.map(({ table, id, field }) => `${table} ${id} ${field}`)
    expect(told).toEqual(
      expect.arrayContaining([
        'units 341821105 phone',
        'staff he-jing leave',
        'calendar_years 2026 offDays',
        'service_items LX-001 fee',
        'service_items LX-001 confidential',
      ]),
    )
    expect(told.filter((line) => /^staff_roles qian-li.* \*$/.test(line))).not.toEqual([])
    const [item] = await database.db
      .select()
      .from(serviceItems)
      .where(eq(serviceItems.id, 'LX-001'))
      .orderBy(desc(serviceItems.version))
      .limit(1)
    expect(item?.guide).toMatchObject({ fee: '免费，改过', confidential: true, oneLine: '新的一句' })
    const roles = await database.db
      .select()
      .from(staffRoles)
      .where(inArray(staffRoles.staffId, ['he-jing', 'qian-li']))
    expect(roles.some(({ role }) => role === 'auditor')).toBe(true)
    expect(roles.some(({ staffId }) => staffId === 'qian-li')).toBe(false)

    const later = (await loadPack(database, pack, options)).kept.map(({ id, field }) => `${id} ${field}`)
    expect(later).toContain('LX-001 fee')
    expect(
      (
        await database.rows<{ days: unknown }>(
          sql`select off_days as days from calendar_years where year = 2026`,
        )
      )[0]?.days,
    ).toEqual(['2026-01-01'])
  })

  it('takes the mark of a sample for no word: it may go from a text that was loaded with it', async () => {
    const agreements = (demo: boolean) => pack.agreements.map((each) => ({ ...each, demo }))
    await loadPack(database, { ...pack, agreements: agreements(true) }, options)
    const { written } = await loadPack(database, { ...pack, agreements: agreements(false) }, options)
    expect(written).toEqual({})
    const [laid] = await database.rows<{ value: unknown }>(
      sql`select value from county_facts where key = 'agreements'`,
    )
    expect(JSON.stringify(laid)).not.toContain('"demo"')
  })

  it('refuses other words under a version that people may have agreed to, and takes the next one', async () => {
    const before = await dumpOf(database)
    const [service, privacy] = pack.agreements
    if (!service || !privacy) throw new Error('the pack lays nothing down')
    const other = { ...privacy, brief: privacy.brief.map((words) => `${words}！`) }
    await expect(loadPack(database, { ...pack, agreements: [service, other] }, options)).rejects.toThrow(
      '隐私保护说明第 1 版：已经给人看过，一个字也不能改',
    )
    await expect(loadPack(database, { ...pack, agreements: [service] }, options)).rejects.toThrow('不能拿掉')
    expect(await dumpOf(database)).toEqual(before)
    const next = { ...other, version: '2', effectiveOn: plainDate('2027-01-01'), changes: '话说得更重' }
    const { written } = await loadPack(database, { ...pack, agreements: [service, privacy, next] }, options)
    expect(written).toMatchObject({ countyFacts: 1 })
  })

  it('writes nothing at all when one row is refused', async () => {
    const before = await dumpOf(database)
    const [first, ...others] = pack.servicePoints
    const broken = { ...pack, servicePoints: first ? [{ ...first, unitId: 'nowhere' }, ...others] : [] }
    await expect(loadPack(database, withItem(broken, 'LX-001', { fee: '1 元' }), options)).rejects.toThrow()
    expect(await dumpOf(database)).toEqual(before)
  })
})

describe('loading the pack outside the demo', () => {
  it('leaves out everybody who is invented', async () => {
    const database = await openEmptyDatabase()
    await loadPack(database, await readLangxi(), { ...options, demo: null })
    expect(await countsOf(database)).toMatchObject({
      villages: 101,
      items: 52,
      staff: 0,
      people: 0,
      credentials: 0,
    })
    await database.close()
  }, 60_000)
})

it('binds nobody who has closed their account, whatever has changed in the pack', async () => {
  const database = await openEmptyDatabase()
  const pack = await readLangxi()
  await loadPack(database, pack, options)
  const person = pack.enterprises.flatMap(({ agents }) => agents)[0]?.personId ?? ''
  const closed = profileIdOf(person)
  await database.rows(sql`update profiles set closed_at = now() where id = ${closed}::uuid`)
  await database.rows(sql`delete from wechat_identities where profile_id = ${closed}::uuid`)
  await database.rows(sql`delete from enterprise_agents where profile_id = ${closed}::uuid`)
  // As of a pack that is loaded for the first time: nothing tells that it was there before.
  await database.rows(sql`delete from pack_rows where table_name = 'enterprise_agents'`)
  const { written } = await loadPack(database, withItem(pack, 'LX-006', { plainName: '又一个名' }), options)
  expect(written).toEqual({ serviceItems: 1 })
  for (const table of ['wechat_identities', 'enterprise_agents'])
    expect(
      await database.rows(sql`select 1 from ${sql.raw(table)} where profile_id = ${closed}::uuid`),
      table,
    ).toEqual([])
  await database.close()
})

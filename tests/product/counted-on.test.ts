import { readFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { MemberList } from '#shared/contract/account'
import { fileAllowance } from './allowance'
import { act, boundBefore } from './county'
import { openLeavers } from './leavers'

const { county, rows, born } = await openLeavers()

test('nobody counts on who has closed, nor on who may come back and has not come: what arrives goes to who is there', async () => {
  const admin = await county.as('he-jing')
  const arrived = async (name: string) => {
    const elder = await born(name)
    const { id } = await fileAllowance(elder.person, name, elder.idNumber)
    expect((await act(await county.as('wang-lixin'), id, 'verify')).status).toBe(200)
    return rows(
      sql`select role, unstaffed from case_tasks where case_id = ${id}::uuid and step_key <> 'verify'`,
    )
  }
  const clerks = await rows<{ id: string }>(sql`select r.staff_id as id from staff_roles r
    join staff_roles o on o.role = r.role and o.unit_id = r.unit_id and o.staff_id = 'zhao-min' where r.role = 'town-window'`)
  expect(clerks.map(({ id }) => id).toSorted()).toEqual(['qian-li', 'zhao-min'])
  const { person } = await born('钱丽', 3, '1980-03-05')
  await boundBefore(county, person, 'qian-li')
  expect((await person.send('POST', '/api/account/closing', { body: {} })).status).toBe(200)
  expect(await arrived('柏有人')).toEqual([{ role: 'town-window', unstaffed: false }])
  expect(
    (
      await admin.send('POST', '/api/members/zhao-min/end-of-work', {
        body: { reason: '调走了', handOver: true },
      })
    ).status,
  ).toBe(200)
  const LIAISON = [{ role: 'liaison', unstaffed: true }]
  expect(await arrived('柏没人')).toEqual(LIAISON)
  expect((await admin.send('POST', '/api/members/zhao-min/return')).status).toBe(200)
  expect(await arrived('柏等人')).toEqual(LIAISON)
  expect(
    (await admin.send<MemberList>('GET', '/api/invitations')).body.ended.map(({ staffId }) => staffId),
  ).toContain('qian-li')
})

test('a county of before that has listed people who never came is told with the new version, and counts on who has', async () => {
  const elder = await born('柏未到')
  const { id } = await fileAllowance(elder.person, '柏未到', elder.idNumber)
  await rows(sql`update profiles set staff_id = null where staff_id = 'wang-lixin'`)
  const stand = () =>
    rows(sql`select (select json_agg(json_build_array(s.id, s.active, s.awaited) order by s.id) from staff s
        where s.id in ('wang-lixin', 'he-jing')) as members, (select registry from reference_data) as registry,
      (select bool_and(unstaffed) from case_tasks where case_id = ${id}::uuid) as unstaffed`)
  const [before] = await rows<{ registry: number }>(sql`select registry from reference_data`)
  const migration = await readFile('drizzle/0022_remember-who-never-came.sql', 'utf8')
  for (const statement of migration.split('--> statement-breakpoint')) await rows(sql.raw(statement))
  const expected = [
    {
      members: [
        ['he-jing', true, false],
        ['wang-lixin', false, true],
      ],
      registry: (before?.registry ?? 0) + 1,
      unstaffed: true,
    },
  ]
  expect(await stand()).toEqual(expected)
  for (const statement of migration.split('--> statement-breakpoint')) await rows(sql.raw(statement))
  expect(await stand()).toEqual(expected)
})

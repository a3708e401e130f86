import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { fileAllowance } from './allowance'
import { act, caseOf } from './county'
import { openLeavers } from './leavers'

const { county, rows, born } = await openLeavers()

test('whoever comes to a post finds what has gone to others meanwhile, and what was theirs before is marked no more', async () => {
  const admin = await county.as('he-jing')
  const clerk = await county.as('zhao-min')
  const accepted = async (name: string) => {
    const elder = await born(name)
    const { id } = await fileAllowance(elder.person, name, elder.idNumber)
    expect((await act(clerk, id, 'accept')).status).toBe(200)
    return id
  }
  const tasks = (id: string) =>
    rows(
      sql`select role, unstaffed from case_tasks where case_id = ${id}::uuid and role <> 'village-agent' order by role`,
    )
  const reviewer = await county.as('sun-zhiyuan')
  const end = (staffId: string) =>
    admin.send('POST', `/api/members/${staffId}/end-of-work`, { body: { reason: '调走了', handOver: true } })
  const before = await accepted('柏以前')
  const posts = await rows<{ id: string }>(sql`select distinct o.staff_id as id from staff_roles r
    join staff_roles o on o.role = r.role and o.unit_id = r.unit_id where r.staff_id = 'sun-zhiyuan'`)
  for (const { id } of posts) expect((await end(id)).status).toBe(200)
  const meanwhile = await accepted('柏期间')
  expect(await tasks(before)).toEqual([{ role: 'town-reviewer', unstaffed: true }])
  // 督查 hears that nobody decides there.
  expect(await tasks(meanwhile)).toEqual([
    { role: 'liaison', unstaffed: true },
    { role: 'supervisor', unstaffed: true },
  ])
  // Nobody has come yet: there is nothing to hand back, however often it is looked for.
  await county.app.jobs['remind-of-deadlines']()
  expect((await admin.send('POST', '/api/members/sun-zhiyuan/return')).status).toBe(200)
  const { body } = await admin.send<{ token: string }>('POST', '/api/invitations', {
    body: { staffId: 'sun-zhiyuan' },
  })
  const redeemed = await reviewer.send('POST', '/api/invitations/redemption', { body: { token: body.token } })
  expect(redeemed.status, JSON.stringify(redeemed.body)).toBe(200)
  // It is decided there: whoever looked after it meanwhile has it no more.
  const OWN = { role: 'town-reviewer', unstaffed: false }
  await expect.poll(() => tasks(meanwhile)).toEqual([OWN])
  await expect.poll(() => tasks(before)).toEqual([OWN])
  for (const id of [before, meanwhile]) {
    const { staff, timeline } = await caseOf(reviewer, id)
    expect(staff?.allowed.map(({ action }) => action)).toContain('grant')
    if (id === meanwhile) expect(JSON.stringify(timeline)).toContain('岗位上又有人了')
  }
})

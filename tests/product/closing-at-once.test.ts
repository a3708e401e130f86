import { sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { expect, test, vi } from 'vitest'
import { fileAllowance } from './allowance'
import { askedBy, boundBefore, type Person } from './county'
import { openLeavers } from './leavers'

// Two who are each other’s only colleague close their accounts in one moment.
const { county, rows, born, close } = await openLeavers()

const ROUNDS = 6

const bound = async (staffId: string) => {
  const { person } = await born('蒯同时', 1, '1980-03-05')
  await boundBefore(county, person, staffId)
  return person
}
/** Neither is written before both have been looked at. */
async function outcomes(pair: readonly Person[]) {
  const database = askedBy(county)
  const { rows: asked } = database
  const waiting: (() => void)[] = []
  let isMet = false
  const met = vi.spyOn(database, 'rows').mockImplementation(async (...given: Parameters<typeof asked>) => {
    if (!isMet && new PgDialect().sqlToQuery(given[0] as never).sql.includes('closed_at = ')) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
        if (waiting.length < pair.length) return
        isMet = true
        for (const go of waiting) go()
      })
    }
    return asked.apply(database, given)
  })
  const answers = await Promise.all(pair.map((each) => close(each)))
  met.mockRestore()
  expect(isMet).toBe(true)
  return answers.map(({ status, body }) => (status === 200 ? 'closed' : body.code)).sort()
}

test('of two who hold a post in which something waits one stays, each time', async () => {
  const [post] = await rows<{ role: string; unitId: string; alone: string }>(sql`
    select r.role, r.unit_id as "unitId", min(r.staff_id) as alone
    from staff_roles r join staff s on s.id = r.staff_id and s.active
    where r.role = 'village-agent' group by 1, 2 having count(*) = 1 order by 1, 2 limit 1`)
  if (!post) throw new Error('no post')
  await rows(
    sql`insert into staff_roles (staff_id, role, unit_id, acting) values ('sun-zhiyuan', ${post.role}, ${post.unitId}, false)`,
  )
  await rows(
    sql`delete from staff_roles where staff_id in ('sun-zhiyuan', ${post.alone}) and role <> 'village-agent'`,
  )
  const elder = await born('蒯在等')
  const { id } = await fileAllowance(elder.person, '蒯在等', elder.idNumber)
  await rows(
    sql`update case_tasks set role = ${post.role}, unit_id = ${post.unitId} where case_id = ${id}::uuid`,
  )
  for (let round = 1; round <= ROUNDS; round += 1) {
    const pair = [await bound(post.alone), await bound('sun-zhiyuan')]
    expect(await outcomes(pair), `round ${round}`).toEqual(['account.work-in-hand', 'closed'])
  }
})

test('of the last two administrators one stays, each time', async () => {
  await rows(sql`insert into staff_roles (staff_id, role, unit_id, acting)
    select 'qian-li', role, unit_id, false from staff_roles where staff_id = 'he-jing' and role = 'admin'`)
  for (let round = 1; round <= ROUNDS; round += 1) {
    const pair = [await bound('he-jing'), await bound('qian-li')]
    expect(await outcomes(pair), `round ${round}`).toEqual(['account.last-admin', 'closed'])
  }
})

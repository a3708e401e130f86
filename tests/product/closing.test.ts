import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { run as closingReasons } from '../../functions/commands/closing-reasons'
import { fileAllowance } from './allowance'
import { act, caseOf } from './county'
import { openLeavers } from './leavers'

const { county, rows, born, accountOf, closingOf, close, verb } = await openLeavers()

/** Every table that has one of these values somewhere, with how many of its rows. */
async function placesOf(values: readonly string[]) {
  const tables = await rows<{ name: string }>(sql`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`)
  expect(tables.length).toBeGreaterThan(20)
  const found: string[] = []
  for (const { name } of tables) {
    const [row] = await rows<{ count: number }>(sql`select count(*)::int as count
      from ${sql.raw(`"${name}"`)} t, json_array_elements_text(${JSON.stringify(values)}::json) v
      where position(v in t::text) > 0`)
    if (row && row.count > 0) found.push(name)
  }
  return found
}

/** What the database knows a person by. */
async function knownBy(profileId: string) {
  const [row] = await rows<Record<'openid' | 'phone' | 'number' | 'name' | 'phoneIndex', string>>(sql`
    select i.openid, p.phone_sealed as phone, p.id_number_sealed as number, p.name_sealed as name, p.phone_index as "phoneIndex"
    from profiles p join wechat_identities i on i.profile_id = p.id where p.id = ${profileId}::uuid`)
  if (!row) throw new Error('nobody')
  return Object.values(row)
}

test('an open case stands in the way and is named, one’s own and one for somebody; withdrawn it does not', async () => {
  const { person, idNumber } = await born('蒯要走')
  const mother = await born('蒯老娘', 0, '1930-03-05')
  const own = await fileAllowance(person, '蒯要走', idNumber)
  const hers = await fileAllowance(person, '蒯老娘', mother.idNumber)
  const { openCases } = await closingOf(person)
  expect(openCases.map(({ id, whose }) => [id, whose])).toEqual([
    [hers.id, '蒯*娘'],
    [own.id, null],
  ])
  const refused = await close(person)
  expect(refused).toMatchObject({ status: 409, body: { code: 'account.cases-open' } })
  expect(refused.body.detail).toBe('没办完的：高龄津贴（蒯*娘）、高龄津贴')
  expect((await accountOf(person)).name).toBe('蒯要走')
  for (const { id } of [own, hers]) await verb(person, id, 'withdrawal')
  expect((await closingOf(person)).openCases).toEqual([])
  expect((await close(person)).status).toBe(200)
})

test('what strangers typed onto one’s number keeps nobody here and is told to nobody, until one has taken it over', async () => {
  const owner = await born('蒯被填')
  const stranger = await born('蒯路人', 2, '1980-03-05')
  const typed = await fileAllowance(stranger.person, '蒯被填', owner.idNumber)
  expect((await closingOf(owner.person)).openCases).toEqual([])
  const taken = await born('蒯接手')
  const theirs = await fileAllowance(stranger.person, '蒯接手', taken.idNumber)
  await verb(taken.person, theirs.id, 'takeover')
  expect((await close(taken.person)).body).toMatchObject({
    code: 'account.cases-open',
    detail: '没办完的：高龄津贴',
  })
  expect((await close(owner.person)).status).toBe(200)
  // It goes on for whoever filed it, as before.
  expect((await caseOf(stranger.person, typed.id)).id).toBe(typed.id)
  // Of what its owner has taken over whoever filed it is not kept either.
  expect((await closingOf(stranger.person)).openCases.map(({ id }) => id)).toEqual([typed.id])
})

test('nobody’s case is named to anybody else', async () => {
  const { person, idNumber } = await born('蒯有事')
  await fileAllowance(person, '蒯有事', idNumber)
  const other = await born('蒯没事')
  expect(await closingOf(other.person)).toMatchObject({ openCases: [], workInHand: { count: 0, some: [] } })
})

test('all is gone that the person was known by, in every table; what is kept names nobody', async () => {
  const { person, idNumber } = await born('蒯清空')
  const { id: profileId } = await accountOf(person)
  const { id } = await fileAllowance(person, '蒯清空', idNumber)
  await verb(person, id, 'withdrawal')
  await person.upload()
  await county.door('POST', 'consents', { person: person.id, choice: 'accept' })
  const [firm] = await rows<{ id: string; name: string }>(
    sql`select id, name from enterprises order by id limit 1`,
  )
  await rows(
    sql`insert into enterprise_agents (enterprise_id, profile_id) values (${firm?.id}, ${profileId}::uuid)`,
  )
  const values = await knownBy(profileId)
  expect(await placesOf(values)).toEqual(
    expect.arrayContaining(['consent_credits', 'profiles', 'wechat_identities']),
  )
  const before = await closingOf(person)
  expect(before.holdings).toMatchObject({ wechats: 1, photos: 1, firms: [firm?.name], endedCases: 1 })

  const closed = await close(person, { body: { reason: '搬到外地去了' } })
  expect(closed.status, JSON.stringify(closed.body)).toBe(200)
  expect(await placesOf(values)).toEqual([])
  const ofProfile = await placesOf([profileId])
  // By a number that leads to nobody: who filed the case, whose photos it has, who did it, that there was somebody.
  expect(ofProfile).toEqual(['audit_entries', 'case_events', 'cases', 'profiles', 'uploads'])
  expect(
    await rows(sql`select real_name_level as level, name_sealed as name, id_number_index as number, village_code as village,
      staff_id as staff, closed_at is not null as closed from profiles where id = ${profileId}::uuid`),
  ).toEqual([{ level: 0, name: null, number: null, village: null, staff: null, closed: true }])
  const actions = await rows<{ action: string }>(sql`select action from audit_entries
    where actor = ${`profile:${profileId}`} and action in ('account.close', 'account.leave-power') order by 1`)
  expect(actions.map(({ action }) => action)).toEqual(['account.close', 'account.leave-power'])
})

test('why somebody left is kept in their words, with the day and without whose they are', async () => {
  const { person } = await born('蒯有话', 1)
  const { id } = await accountOf(person)
  expect((await close(person, { body: { reason: '字太小，看不清' } })).status).toBe(200)
  const said: string[] = []
  await closingReasons({ services: county.services, words: [], print: (line) => said.push(line) })
  expect(said.join('\n')).toMatch(/^\d{4}-\d\d-\d\d {2}字太小，看不清$/m)
  const kept = await rows(sql`select to_jsonb(c) as kept from closing_reasons c`)
  expect(JSON.stringify(kept)).not.toContain(id)
  expect(JSON.stringify(kept)).not.toContain('字太小')
})

test('every session ends at once, and the same WeChat account is a stranger afterwards', async () => {
  const { person, personId } = await born('蒯重来')
  const tablet = await county.logIn(personId)
  const before = await accountOf(person)
  expect((await close(person)).status).toBe(200)
  for (const phone of [person, tablet])
    expect(await phone.send('GET', '/api/account')).toMatchObject({ status: 401 })
  const again = await accountOf(await county.logIn(personId))
  expect(again).toMatchObject({ realNameLevel: 0, name: null, phoneMasked: null, villageCode: null })
  expect(again.id).not.toBe(before.id)
})

test('whoever registers anew finds their former cases by their confirmed number, and is told of none as another’s', async () => {
  const name = '蒯回来'
  const { person, personId, idNumber } = await born(name)
  const { id } = await fileAllowance(person, name, idNumber)
  const clerk = await county.as('zhao-min')
  expect((await act(clerk, id, 'decline', { reason: '材料不在受理范围' })).status).toBe(200)
  expect((await close(person)).status).toBe(200)

  const anew = await county.logIn(personId)
  const listed = async () =>
    (await anew.send<CaseList>('GET', '/api/cases')).body.items.map((each) => each.id)
  expect(await listed()).toEqual([])
  await anew.send('POST', '/api/account/identity', { body: { name, idNumber } })
  expect(await listed()).toEqual([])
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: personId,
    purpose: 'real-name',
  })
  await anew.send('POST', '/api/account/identity-confirmation', { body: { code: body.code } })
  expect(await listed()).toEqual([id])
  const inbox = await anew.send<{ items: readonly { title: string }[] }>('GET', '/api/inbox')
  expect(inbox.body.items.map(({ title }) => title)).toEqual([])
})

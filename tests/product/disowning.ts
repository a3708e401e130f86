import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { sealedIn } from '../../functions/platform/ports/sealed-in'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, type Person } from './county'

type Problem = { readonly code?: string; readonly title?: string }
export interface Named {
  readonly name: string
  readonly idNumber: string
}

export const asked = (name: string) => ({
  reason: '看不清',
  items: [{ kind: 'material', name, reason: '看不清' }],
})

/** What tests of disowned cases do, in a county that is open by then. */
export function disowning(county: () => County) {
  const born = async (name: string, level: 0 | 1 | 2 | 3, birth = '1944-03-05') => ({
    name,
    ...(await newcomer(county(), { name, birth, villageCode: DALIANG, level })),
  })
  const filedFor = (person: Person, { name, idNumber }: Named, itemId = 'LX-005', channel?: 'village') =>
    file(county(), { person, name, idNumber, agent: true, ...(channel ? { channel } : {}) }, itemId)

  async function versionOf(id: string) {
    const [row] = await county().services.database.rows<{ version: number }>(
      sql`select version from cases where id = ${id}::uuid`,
    )
    return row?.version ?? 0
  }
  const send = async (person: Person, id: string, door: string, more: object = {}) =>
    person.send<Problem>('POST', `/api/cases/${id}/${door}`, {
      body: { version: await versionOf(id), ...more },
    })
  async function disown(person: Person, id: string) {
    const { status, body } = await send(person, id, 'disownment')
    expect(status, JSON.stringify(body)).toBe(200)
  }
  async function does(staff: Person | string, id: string, ...how: [Parameters<typeof act>[2], object?]) {
    const person = typeof staff === 'string' ? await county().as(staff) : staff
    const { status, body } = await act(person, id, ...(how as [(typeof how)[0], Record<string, unknown>]))
    expect(status, JSON.stringify(body)).toBe(200)
  }
  const allowedTo = async (staff: string, id: string) =>
    (await caseOf(await county().as(staff), id)).staff?.allowed.map(
      ({ action, label }) => `${action} ${label}`,
    )
  const toldOf = async (person: Person, id: string) => {
    const [row] = await county().services.database.rows<{ number: string }>(
      sql`select case_number as number from cases where id = ${id}::uuid`,
    )
    return (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ lines }) =>
      lines.some((line) => line.includes(row?.number ?? '-')),
    )
  }
  const titlesOf = async (person: Person, id: string) => (await toldOf(person, id)).map(({ title }) => title)
  const queuedOf = async (staff: string, id: string) =>
    (await (await county().as(staff)).send<Queue>('GET', '/api/work/cases')).body.items.find(
      ({ caseId }) => caseId === id,
    )
  const listedOf = async (person: Person, id: string) =>
    (await person.send<CaseList>('GET', '/api/cases')).body.items.find((each) => each.id === id)

  /** Name and number of a member of staff, as their account has them. */
  async function ownOf(staffId: string): Promise<Named> {
    const [row] = await county().services.database.rows<{ id: string; name: string; number: string }>(
      sql`select id, name_sealed as name, id_number_sealed as number from profiles where id_number_index =
        (select id_number_index from staff where id = ${staffId}) and real_name_level = 3`,
    )
    const { cipher } = county().services
    return {
      name: cipher.decrypt(row?.name ?? '', sealedIn.profile(row?.id ?? '', 'name')),
      idNumber: cipher.decrypt(row?.number ?? '', sealedIn.profile(row?.id ?? '', 'idNumber')),
    }
  }

  /** An account that has typed somebody else's name and number, which only a form without a number takes from it. */
  async function impostor(name: string, { name: typed, idNumber }: Named) {
    const { person, ...rest } = await born(name, 1, '1980-05-05')
    const answer = await person.send('POST', '/api/account/identity', { body: { name: typed, idNumber } })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return { person, ...rest }
  }
  const confirmIn = async (person: Person, { name, idNumber }: Named, personId: string) => {
    await person.send('POST', '/api/account/identity', { body: { name, idNumber } })
    const { body } = await county().door<{ code: string }>('POST', 'login-codes', {
      person: personId,
      purpose: 'real-name',
    })
    const answer = await person.send('POST', '/api/account/identity-confirmation', {
      body: { code: body.code },
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  }
  /** A cooperative that staff have typed and left out who applies: where they work, or as a village's agent. */
  async function leftOut(staff: string, channel: 'window' | 'village' = 'window') {
    const person = await county().as(staff)
    return file(county(), { person, name: '', idNumber: '', channel }, 'LX-033')
  }
  const cooperative = ({ person, name, idNumber }: Named & { readonly person: Person }) =>
    file(county(), { person, name, idNumber }, 'LX-033')
  return {
    born,
    filedFor,
    versionOf,
    send,
    disown,
    does,
    allowedTo,
    toldOf,
    titlesOf,
    queuedOf,
    listedOf,
    ownOf,
    impostor,
    confirmIn,
    cooperative,
    leftOut,
  }
}

import type { SQL } from 'drizzle-orm'
import { afterAll, expect } from 'vitest'
import type { Account } from '#shared/contract/account'
import type { AccountClosing } from '#shared/contract/account-closing'
import type { Problem } from '#shared/contract/problems'
import { caseOf, newcomer, openCounty, type Person } from './county'

export const DALIANG = '341821105200'

export interface Registered {
  readonly personId: string
  readonly name: string
  readonly idNumber: string
}

/** A county in which people close their accounts, or have their work ended. To be awaited at the top of a file. */
export async function openLeavers() {
  const county = await openCounty()
  afterAll(() => county.close())

  const typed = (person: Person, name: string, idNumber: string) =>
    person.send<Problem>('POST', '/api/account/identity', { body: { name, idNumber } })
  const close = (person: Person, sent: { readonly body?: object; readonly key?: string } = {}) =>
    person.send<Problem & { closedAt: string }>('POST', '/api/account/closing', { body: {}, ...sent })

  return {
    county,
    rows: <Row extends object>(statement: SQL) => county.services.database.rows<Row>(statement),
    born: (name: string, level: 0 | 1 | 2 | 3 = 3, birth = '1944-03-05') =>
      newcomer(county, { name, birth, villageCode: DALIANG, level }),
    accountOf: async (person: Person) => (await person.send<Account>('GET', '/api/account')).body,
    closingOf: async (person: Person) =>
      (await person.send<AccountClosing>('GET', '/api/account/closing')).body,
    close,
    async closed(person: Person) {
      expect((await close(person)).status).toBe(200)
    },
    /** One more WeChat of somebody's. */
    secondOf: async (personId: string, name: string, birth = '1944-03-05') =>
      (
        await county.door<{ id: string }>('POST', 'people', {
          name,
          birth,
          villageCode: DALIANG,
          sameAs: personId,
        })
      ).body.id,
    typed,
    /** As 微信 confirms it. */
    async confirm(person: Person, { personId, name, idNumber }: Registered) {
      await typed(person, name, idNumber)
      const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
        person: personId,
        purpose: 'real-name',
      })
      const sent = await person.send('POST', '/api/account/identity-confirmation', {
        body: { code: body.code },
      })
      expect(sent.status, JSON.stringify(sent.body)).toBe(200)
    },
    /** What its applicant, or who filed it, does with a case. */
    async verb(person: Person, id: string, what: 'withdrawal' | 'disownment' | 'takeover') {
      const { version } = await caseOf(person, id)
      const done = await person.send('POST', `/api/cases/${id}/${what}`, { body: { version } })
      expect(done.status, JSON.stringify(done.body)).toBe(200)
    },
  }
}

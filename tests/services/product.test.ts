import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { act, type County, caseOf, newcomer } from '../product/county'
import { openOnServices, STACKS } from './counties'

const DALIANG = '341821105200'

interface Message {
  readonly channel: string
  readonly status: string
  readonly caseIds: readonly string[]
}

describe.each(Object.keys(STACKS) as (keyof typeof STACKS)[])('the product on %s', (stack) => {
  let county: County
  beforeAll(async () => {
    county = (await openOnServices(stack)).county
  })
  afterAll(() => county.close())

  /** Waits for a push of the case; staff messages have no receipt, so that they stay `sent`. */
  const pushed = (person: string, caseId: string, channel: string) =>
    expect
      .poll(
        async () => {
          const answer = await county.door<{ messages: Message[] }>('GET', `messages?person=${person}`)
          return answer.body.messages
            .filter(({ caseIds, status }) => caseIds.includes(caseId) && status !== 'queued')
            .map((message) => message.channel)
        },
        { timeout: 15_000 },
      )
      .toContain(channel)

  it('takes 高龄津贴 from the login to the rating', async () => {
    const { person, idNumber, personId } = await newcomer(county, {
      name: '沈秀英',
      birth: '1944-03-05',
      villageCode: DALIANG,
      level: 3,
    })
    await county.door('POST', 'consents', { person: personId, choice: 'accept' })
    const materials = []
    for (const name of ['居民身份证', '居民户口簿', '社会保障卡（或本人银行卡）']) {
      materials.push({ name, files: [await person.upload()] })
    }
    const filed = await person.send<{ id: string }>('POST', '/api/cases', {
      body: {
        serviceItemId: 'LX-005',
        answers: {
          name: '沈秀英',
          idNo: idNumber,
          mobile: '15400000001',
          villageCode: DALIANG,
          birth: '1944-03-05',
          bankCard: '6299000043030583308',
        },
        materials,
      },
    })
    expect(filed).toMatchObject({ status: 201, body: { dueOn: '2026-12-08' } })
    const { id } = filed.body
    const [agent, window, reviewer] = await Promise.all(
      ['wang-lixin', 'zhao-min', 'sun-zhiyuan'].map((each) => county.as(each)),
    )
    if (!agent || !window || !reviewer) throw new Error('nobody is there')
    expect(await act(agent, id, 'verify', {})).toMatchObject({ status: 200 })
    // The agent is on duty in the evening, the window now.
    await pushed('zhao-min', id, 'relation')
    const steps = [
      [window, 'accept', {}],
      [reviewer, 'grant', {}],
      [window, 'conclude', {}],
      [window, 'deliver', { method: 'electronic' }],
    ] as const
    for (const [who, action, more] of steps) {
      expect(await act(who, id, action, more)).toMatchObject({ status: 200 })
    }
    expect(await caseOf(person, id)).toMatchObject({
      status: 'delivered',
      decision: { kind: 'granted', organName: '郎溪县梅渚镇人民政府' },
    })
    await pushed(personId, id, 'subscribe')
    const rated = await person.send('POST', `/api/cases/${id}/rating`, { body: { level: 1 } })
    expect(rated.status).toBe(201)
    expect((await person.send('DELETE', '/api/sessions/current')).status).toBe(204)
    expect((await person.send('GET', '/api/account')).status).toBe(401)
  })

  it('answers health', async () => {
    const { body } = await county.visitor.send('GET', '/api/health')
    expect(body).toMatchObject({ status: 'ok', profile: 'embedded' })
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../functions/app'
import { type County, openCounty } from './county'

// What goes on after an answer is handed to the platform: one that stops with its answer waits for it.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

test('what waits after a decision is settled anew once somebody’s work has ended, though the answer is out', async () => {
  const kept: Promise<unknown>[] = []
  const { app } = createApp(
    county.services,
    () => undefined,
    (work) => kept.push(work),
  )
  const post = (path: string, body: object, token?: string) =>
    app.request(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
    })
  await county.as('he-jing')
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', { person: 'he-jing' })
  const session = await post('/api/sessions', { code: body.code })
  const { token } = (await session.json()) as { token: string }
  expect(kept).toEqual([])
  const ended = await post('/api/members/zhao-min/end-of-work', { reason: '调到别的县了' }, token)
  expect(ended.status, await ended.text()).toBe(200)
  expect(kept).toHaveLength(1)
  await Promise.all(kept)
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LogPosition, readEventLog } from '../../functions/platform/db/event-log'
import { file } from '../e2e/scenes'
import { act, type County, openCounty } from './county'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

test('whoever follows the log page by page reads what happened, once and in order', async () => {
  const person = await county.as('chen-guilan')
  const id = await file(county, { person, name: '陈桂兰', idNumber: '341821194611180024' }, 'LX-005')
  expect((await act(await county.as('zhao-min'), id, 'accept')).status).toBe(200)
  expect((await act(await county.as('sun-zhiyuan'), id, 'grant')).status).toBe(200)
  const { database } = county.services
  const read: string[] = []
  let position: LogPosition | null = null
  const follow = async () => {
    const page: Awaited<ReturnType<typeof readEventLog>> = await readEventLog(database, position, 2)
    read.push(...page.map(({ event, sequence }) => `${sequence} ${event.type}`))
    position = page[page.length - 1] ?? position
    return read
  }
  // What is younger than a write that still runs, of another test on the same server too, is told once that is over.
  await expect.poll(follow, { timeout: 10_000 }).toEqual(['1 filed', '2 accepted', '3 granted'])
  expect(await readEventLog(database, position, 2)).toEqual([])
})

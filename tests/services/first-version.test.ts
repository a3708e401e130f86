import { afterAll, beforeAll } from 'vitest'
import { oldDatabase, openFirstVersion } from '../fixtures/first-version'
import { describeFirstVersion } from '../fixtures/first-version-doors'
import type { County } from '../product/county'
import { ask, createDatabase } from './databases'

let county: County
beforeAll(async () => {
  const url = await createDatabase()
  await ask(url, await oldDatabase())
  county = await openFirstVersion(url)
})
afterAll(() => county.close())

describeFirstVersion(() => county)

import { afterAll, beforeAll } from 'vitest'
import { openFirstVersion } from '../fixtures/first-version'
import { describeFirstVersion } from '../fixtures/first-version-doors'
import type { County } from './county'

let county: County
beforeAll(async () => {
  county = await openFirstVersion()
})
afterAll(() => county.close())

describeFirstVersion(() => county)

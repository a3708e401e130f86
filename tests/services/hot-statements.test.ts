import { afterAll, beforeAll, expect, it } from 'vitest'
import { fill } from '../bench/fill'
import { explainHot, KNOWN } from '../bench/hot-statements'
import { fileModels } from '../bench/models'
import { openMeasured } from './measured-product'

// At a size at which PostgreSQL has a choice; `npm run bench:at-size` asks the same of a million. So many of them are open
// that it chooses as it does there.
const SIZE = { cases: 50_000, tasks: 20_000 }
const LAST_PAGE = 1_000

let product: Awaited<ReturnType<typeof openMeasured>>
let open: string
beforeAll(async () => {
  product = await openMeasured()
  const models = await fileModels(product)
  open = models.open
  await fill(product.databaseUrl, product.cipher, models, SIZE)
}, 120_000)
afterAll(() => product.close())

it('asks nothing hot by reading through a table that grows, and sorts nothing on disk', async () => {
  const explained = await explainHot(product, open, LAST_PAGE)
  const found = explained.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`))
  expect(found.sort(), JSON.stringify(explained, null, 1)).toEqual(Object.keys(KNOWN).sort())
  expect(explained.length).toBeGreaterThan(15)
})

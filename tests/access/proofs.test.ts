import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, openCounty, type Person, PHOTO } from '../product/county'
import { CRON_SECRET, outsideRoutes } from './proofs'

let county: County
let resident: Person
let admin: Person

beforeAll(async () => {
  county = await openCounty({ CRON_SECRET })
  resident = await county.as('li-jianguo')
  admin = await county.as('he-jing')
}, 60_000)
afterAll(() => county.close())

const promised = async () =>
  (
    await resident.send<{ fields: Record<string, string> }>('POST', '/api/uploads', {
      body: { name: '照片.png', contentType: 'image/png', size: PHOTO.length },
    })
  ).body.fields

async function routes() {
  const { accounts } = county.services
  return outsideRoutes({
    now: county.services.clock.now(),
    tokens: {
      'mini-program': accounts.miniProgram.token,
      'official-account': accounts.officialAccount.token,
    },
    form: await promised(),
  })
}

function bodyOf(form: Readonly<Record<string, string>> | undefined) {
  if (form === undefined) return '<xml><Encrypt>bm90aGluZw==</Encrypt></xml>'
  const data = new FormData()
  for (const [name, value] of Object.entries(form)) data.append(name, value)
  data.append('file', new Blob([new Uint8Array(PHOTO)], { type: 'image/png' }), '照片.png')
  return data
}

test('every route outside the document has a row, and no row lacks its route', async () => {
  const inside = county.app.app.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route'
      ? [`${definition.route.method.toUpperCase()} ${definition.route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`]
      : [],
  )
  const outside = county.app.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => !inside.includes(route))
  expect([...new Set(outside)].sort()).toEqual(Object.keys(await routes()).sort())
})

test('each of them asks for its own proof', async () => {
  const answers: Record<string, number> = {}
  const expected: Record<string, number> = {}
  for (const [route, proofs] of Object.entries(await routes())) {
    const [method = '', path = ''] = route.split(' ')
    for (const proof of proofs) {
      const response = await fetch(`${county.url}${path}${proof.path ?? ''}`, {
        method,
        headers: { ...proof.headers },
        ...(method === 'POST' ? { body: bodyOf(proof.form) } : {}),
      })
      await response.arrayBuffer()
      answers[`${route} ${proof.asks}`] = response.status
      expected[`${route} ${proof.asks}`] = proof.status
    }
  }
  expect(answers).toEqual(expected)
})

test('a session is no proof, not even the administrator’s', async () => {
  const refused = { GET: [403, 404], POST: [400, 403, 404] }
  for (const route of Object.keys(await routes())) {
    const [method, path = ''] = route.split(' ') as ['GET' | 'POST', string]
    if (path === '/api/openapi.json') continue
    for (const person of [resident, admin]) {
      const { status } = await person.send(method, path)
      expect(refused[method], `${route} by ${person.id}: ${status}`).toContain(status)
    }
  }
})

test('a form for an upload ends after ten minutes', async () => {
  const form = await promised()
  await county.door('POST', 'clock', { advanceHours: 1 })
  const late = await fetch(`${county.url}/api/files`, { method: 'POST', body: bodyOf(form) })
  expect(late.status).toBe(403)
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApplicationForm } from '#shared/contract/application'
import { type County, openCounty } from './county'

interface Operation {
  readonly security?: readonly object[]
  readonly requestBody?: object
}
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>
interface Served {
  readonly paths: Paths
  readonly components: {
    readonly schemas: Readonly<
      Record<string, { readonly required?: readonly string[]; readonly properties?: Record<string, object> }>
    >
  }
}

const ID = '00000000-0000-7000-8000-000000000000'

let county: County
let served: Served
beforeAll(async () => {
  county = await openCounty()
  served = (await county.visitor.send<Served>('GET', '/api/openapi.json')).body
})
afterAll(() => county.close())

const sessioned = () =>
  Object.entries(served.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { security }]) => security !== undefined)
      .map(([method, { requestBody }]) => ({
        method: method.toUpperCase() as 'GET' | 'POST' | 'DELETE',
        address: path.replaceAll(/\{\w+\}/g, ID),
        hasBody: requestBody !== undefined,
      })),
  )

test.each([
  ['without a session', {}],
  ['with what is no token', { Authorization: 'Bearer x' }],
  ['without a session and without a key', { 'Idempotency-Key': '' }],
])('%s every operation is 401, whatever was sent', async (_, headers) => {
  const judged: string[] = []
  for (const { method, address, hasBody } of sessioned())
    for (const body of hasBody ? ['{"no', '[]', '{"unknown": 1}'] : [undefined]) {
      const { status } = await county.visitor.send(method, address, {
        headers,
        ...(body === undefined ? {} : { body }),
      })
      if (status !== 401) judged.push(`${method} ${address} ${body}: ${status}`)
    }
  expect(sessioned().length).toBeGreaterThan(20)
  expect(judged).toEqual([])
})

test('what is not for residents is 403 to them, whatever was sent', async () => {
  const resident = await county.as('li-jianguo')
  const headers = { 'Idempotency-Key': '' }
  for (const body of ['{"no', { unknown: 1 }])
    for (const sending of [{ body }, { body, headers }])
      expect((await resident.send('POST', '/api/invitations', sending)).status).toBe(403)
  expect((await resident.send('POST', '/api/account', { body: {}, headers })).status).toBe(400)
})

test('the document of the API demands what the server demands of an application', async () => {
  const { required, properties } = served.components.schemas['CreateCase'] ?? {}
  expect([...(required ?? [])].sort()).toEqual(['answers', 'materials', 'serviceItemId'])
  expect(properties?.['answers']).toMatchObject({ type: 'object' })
  expect(properties?.['materials']).toMatchObject({ type: 'array' })
  expect(served.components.schemas['SupplementCase']?.required).toEqual(['version'])
  const resident = await county.as('li-jianguo')
  for (const lacking of [{ answers: {} }, { materials: [] }, {}])
    expect(
      await resident.send('POST', '/api/cases', { body: { serviceItemId: 'LX-001', ...lacking } }),
    ).toMatchObject({ status: 400, body: { code: 'request.invalid' } })
})

test('a form tells the shape of its answers', async () => {
  const resident = await county.as('li-jianguo')
  const { body } = await resident.send<ApplicationForm>('GET', '/api/service-items/LX-052/form')
  expect(body.answersSchema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
  })
  const properties = body.answersSchema['properties'] as Record<string, object>
  for (const { key, kind, label } of body.fields) {
    expect(properties[key]).toMatchObject({ title: label })
    if (kind === 'slot')
      expect(properties[key]).toMatchObject({ required: ['date', 'half'], additionalProperties: false })
  }
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApplicationForm } from '#shared/contract/application'
import { COMMON_ACTIONS, STEP_ACTIONS, type StepAction } from '#shared/domain/service-item/item'
import { type County, openCounty } from './county'

interface Operation {
  readonly security?: readonly object[]
  readonly requestBody?: object
}
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>
interface Schema {
  readonly required?: readonly string[]
  readonly properties?: Record<string, object>
  readonly oneOf?: readonly Schema[]
}
interface Served {
  readonly paths: Paths
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
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

const reason = '说明理由'
/** What each act cannot do without, beside its place; what only some cases ask for is not among it. */
const NEEDS = {
  verify: {},
  return: { reason },
  accept: {},
  'draft-correction': { items: [{ kind: 'field', name: 'mobile', reason }] },
  'draft-nothing': {},
  'request-correction': { reason, items: [{ kind: 'field', name: 'mobile', reason }] },
  decline: { reason },
  transfer: { reason, toUnitId: '341821100' },
  assign: { staffId: 'zhao-min' },
  pass: {},
  fail: { reason },
  convene: {},
  'record-visit': { officerIds: ['li-wanqing', 'zhao-gang'], onSite: 'absent' },
  'require-rectification': { reason, recheckOn: '2026-12-01' },
  suspend: { reason, basis: 'appraisal', expectedDays: 5 },
  resume: {},
  extend: { reason },
  'publish-notice': {},
  'close-notice': {},
  'record-objection': {},
  grant: {},
  refuse: { reason },
  pay: { paidOn: '2026-11-24' },
  conclude: {},
  deliver: { method: 'post' },
  'sign-visit': { record: 'digest' },
  'request-approval': { reason },
  'reject-approval': { reason },
  'promise-anew': { reason, newDueOn: '2026-12-10' },
  'return-draft': { reason, toUnitId: 'nr' },
  terminate: { reason: 'deceased' },
  settle: {},
} as const satisfies Record<StepAction, Readonly<Record<string, unknown>>>
const PLACE = { version: 1, stepKey: 'accept', unitId: '341821105' }

const actionsOf = ({ properties }: Schema) => {
  const { enum: several, const: one } = (properties?.['action'] ?? {}) as { enum?: string[]; const?: string }
  return several ?? [one]
}

test('the document of the API says of each act of staff what it needs', () => {
  const acts = served.components.schemas['ActOnCase']?.oneOf ?? []
  const needed = [...STEP_ACTIONS, ...COMMON_ACTIONS].map((action) => {
    const schemas = acts.filter((each) => actionsOf(each).includes(action))
    return [action, ...schemas.map(({ required = [] }) => [...required].sort())]
  })
  const wanted = Object.entries(NEEDS).map(([action, needs]) => [
    action,
    ['action', ...Object.keys(PLACE), ...Object.keys(needs)].sort(),
  ])
  expect(needed).toEqual(wanted)
})

test('an act that leaves out what it needs is 400 and points at it; what only another one asks for is ignored', async () => {
  const window = await county.as('zhao-min')
  const said = async (body: object) => {
    const answer = await window.send<{ code: string; errors?: { pointer: string; message: string }[] }>(
      'POST',
      `/api/cases/${ID}/actions`,
      { body },
    )
    return [answer.status, answer.body.code, answer.body.errors?.map((each) => [each.pointer, each.message])]
  }
  const whole = (action: StepAction) => ({ action, ...PLACE, ...NEEDS[action] })
  for (const action of [...STEP_ACTIONS, ...COMMON_ACTIONS]) {
    expect([action, await said(whole(action))]).toEqual([action, [404, 'case.not-found', undefined]])
    for (const field of [...Object.keys(PLACE), ...Object.keys(NEEDS[action])])
      expect([action, await said({ ...whole(action), [field]: undefined })]).toEqual([
        action,
        [400, 'request.invalid', [[`/${field}`, '缺这一项']]],
      ])
  }
  const unknown = [400, 'request.invalid', [['/paidAt', '没有这一项']]]
  expect(await said({ ...whole('accept'), paidAt: '2026-11-24' })).toEqual(unknown)
  expect(await said({ ...whole('accept'), paidOn: '2026-11-24', items: [] })).toEqual([
    404,
    'case.not-found',
    undefined,
  ])
  const none = [400, 'request.invalid', [['/action', '不在可选的里面']]]
  expect(await said({ ...whole('accept'), action: 'forget' })).toEqual(none)
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

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, openCounty } from '../product/county'

interface Operation {
  readonly method: string
  readonly path: string
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly required?: boolean }[]
  readonly requestBody?: object
  readonly security?: readonly object[]
  readonly 'x-authorization'?: { readonly kind: string }
}

interface Document {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Omit<Operation, 'method' | 'path'>>>>>
}

let county: County
let served: Document
beforeAll(async () => {
  county = await openCounty()
  served = (await county.visitor.send<Document>('GET', '/api/openapi.json')).body
})
afterAll(() => county.close())

const operations = (): readonly Operation[] =>
  Object.entries(served.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, ...operation })),
  )
const nameOf = ({ method, path }: Operation) => `${method.toUpperCase()} ${path}`
const failing = (holds: (operation: Operation) => boolean) =>
  operations()
    .filter((operation) => !holds(operation))
    .map(nameOf)

const isSessioned = (operation: Operation) =>
  ['signed-in', 'staff'].includes(operation['x-authorization']?.kind ?? '')

/** Every value under the key anywhere in the document. */
function valuesOf(key: string, within: unknown): unknown[] {
  if (typeof within !== 'object' || within === null) return []
  return Object.entries(within).flatMap(([name, value]) => [
    ...(name === key ? [value] : []),
    ...valuesOf(key, value),
  ])
}

const at = (pointer: string) =>
  pointer
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], served)

describe('the document of the API', () => {
  test('is OpenAPI 3.1 and shows every route', () => {
    expect(served.openapi).toBe('3.1.0')
    expect(served.info).toMatchObject({ title: '印象办事', version: expect.stringMatching(/\S/) })
    const routes = county.app.app.openAPIRegistry.definitions.filter(({ type }) => type === 'route')
    expect(operations()).toHaveLength(routes.length)
    expect(operations().length).toBeGreaterThan(25)
  })

  test('refers to nothing that it does not hold', () => {
    const references = valuesOf('$ref', served).map(String)
    expect(references.length).toBeGreaterThan(10)
    expect(
      references.filter((reference) => !reference.startsWith('#/') || at(reference) === undefined),
    ).toEqual([])
  })

  test('declares every parameter of a path, and no other', () => {
    const declared = ({ parameters = [] }: Operation) =>
      parameters.filter((each) => each.in === 'path' && each.required).map(({ name }) => name)
    const written = ({ path }: Operation) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
    expect(failing((each) => declared(each).sort().join() === written(each).sort().join())).toEqual([])
  })

  test('says of each operation who may call it, and that a session is what opens it', () => {
    expect(failing((each) => each['x-authorization'] !== undefined)).toEqual([])
    expect(failing((each) => isSessioned(each) === (each.security !== undefined))).toEqual([])
    expect(valuesOf('securitySchemes', served)).toEqual([{ session: { type: 'http', scheme: 'bearer' } }])
  })

  test('shows the problems that each operation can end in', () => {
    const problems = (each: Operation) =>
      Object.entries(each.responses).flatMap(([status, { content = {} }]) =>
        'application/problem+json' in content ? [status] : [],
      )
    const ends = (each: Operation, ...statuses: readonly string[]) =>
      statuses.every((status) => problems(each).includes(status))
    expect(failing((each) => ends(each, 'default'))).toEqual([])
    expect(failing((each) => !isSessioned(each) || ends(each, '401', '403'))).toEqual([])
    expect(failing((each) => each.requestBody === undefined || ends(each, '400', '413', '422'))).toEqual([])
    expect(failing((each) => !each.path.includes('{') || ends(each, '404'))).toEqual([])
  })

  test('asks for a key against repetition where the product does', () => {
    const keyed = (each: Operation) =>
      each.parameters?.some(({ name, required }) => name === 'Idempotency-Key' && required) === true
    const asks = operations().filter(keyed).map(nameOf)
    expect(asks).toContain('POST /api/cases')
    const unsafe = operations().filter((each) => each.method !== 'get' && !keyed(each))
    expect(unsafe.map(nameOf).sort()).toEqual([
      'DELETE /api/desk-sessions/current',
      'DELETE /api/sessions/current',
      'DELETE /api/sessions/{id}',
      'POST /api/account/second-factor',
      'POST /api/account/second-factor/confirmation',
      'POST /api/account/second-factor/removal',
      'POST /api/desk-sessions',
      'POST /api/desk-sessions/confirmation',
      'POST /api/desk-sessions/current/lock',
      'POST /api/desk-sessions/current/second-factor',
      'POST /api/desk-sessions/current/unlock',
      'POST /api/sessions',
      'POST /api/work/case-numbers',
      'POST /api/work/cases/search',
      'POST /api/work/identity-checks',
    ])
  })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseView } from '#shared/contract/case'
import { bornBy, DALIANG, file, play } from '../e2e/scenes'
import { type County, openCounty, type Person } from './county'

// Whoever types a number learns by nothing, at any time of the case, whether it has a confirmed owner (ADR 0044).
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const TYPED = '尹同名'
const NOTICE = { reason: '看不清', items: [{ kind: 'material', name: '居民身份证', reason: '再拍一张' }] }

/** Registered by phone, then as far as `level`: below three by typing `typed` as their own. */
async function filerOf(level: 2 | 3, typed: { readonly name: string; readonly idNumber: string }) {
  const filer = await bornBy(county, '1971-04-06')('尹替人', level === 3 ? 3 : 1)
  if (level === 2) {
    const { status } = await filer.person.send('POST', '/api/account/identity', { body: typed })
    expect(status).toBe(200)
  }
  return filer
}

/** When and how a message reaches WeChat is the job's own time. */
const isSending = (key: string, value: unknown) =>
  ['because', 'channel', 'notAgreed'].includes(key) ||
  (key === 'status' && ['queued', 'sending', 'delivered'].includes(String(value)))

/** All that the filer is answered of the case, without what is of this very case: its ids, numbers and moments. */
async function answersTo(filer: Person, id: string) {
  const { body: view } = await filer.send<CaseView>('GET', `/api/cases/${id}`)
  const paths = [`/api/cases/${id}/form`, '/api/cases', '/api/home', '/api/inbox']
  const others = await Promise.all(paths.map(async (path) => (await filer.send('GET', path)).body))
  const documents = await Promise.all(
    view.documents.map(
      async ({ id: documentId }) =>
        (await filer.send('GET', `/api/cases/${id}/documents/${documentId}`)).body,
    ),
  )
  const told = JSON.stringify([view, others, documents])
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')
    .replaceAll(view.caseNumber, 'number')
    .replaceAll(view.caseNumber.slice(-4), 'end')
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+(Z|\+08:00)/g, 'moment')
    .replace(/〕\d+号/g, '〕号')
    .replace(/"url":"[^"]*"/g, '"url":"url"')
    .replace(/\d{4}\*+[\dX]{4}|\d{3}\*+\d{2,4}/g, 'masked')
  return JSON.parse(told, (key, value) => (isSending(key, value) ? undefined : value)) as unknown
}

const LIVES = {
  'LX-005': [[['village', 'verify']], [['window', 'request-correction', NOTICE]]],
  'LX-018': [
    [['village', 'verify']],
    [['window', 'accept']],
    [['reviewer', 'refuse', { reason: '不符合条件' }]],
    [['window', 'conclude']],
    [['window', 'deliver', { method: 'pickup' }]],
  ],
} as const

test.each([
  ['LX-005', 2],
  ['LX-005', 3],
  ['LX-018', 2],
  ['LX-018', 3],
] as const)(
  '%s filed at level %i: a number with an owner and one without are answered alike',
  async (item, level) => {
    const known = await bornBy(county)(TYPED, 3)
    const unknown = await bornBy(county)(TYPED, 0)
    const cases = await Promise.all(
      [known, unknown].map(async ({ idNumber }) => {
        const filer = await filerOf(level, { name: TYPED, idNumber })
        const applicant = { person: filer.person, name: TYPED, idNumber, villageCode: DALIANG }
        return { filer: filer.person, id: await file(county, applicant, item) }
      }),
    )
    const same = async () => {
      const [one, other] = await Promise.all(cases.map(({ filer, id }) => answersTo(filer, id)))
      expect(one).toEqual(other)
    }
    await same()
    for (const acts of LIVES[item]) {
      for (const { id } of cases) await play(county, id, acts)
      await same()
    }
  },
)

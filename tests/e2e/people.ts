import { randomUUID } from 'node:crypto'
import type { CaseCreated, UploadCreated } from '#shared/contract/application'
import type { CaseView } from '#shared/contract/case'
import { ticked } from '../product/client'
import { photoOf } from './screen'

const VILLAGE = '341821105200'
/** 失业登记: a paper, two questions, and the town's window decides. */
export const SHORT_ITEM = { id: 'LX-017', plainName: '失业登记' }
export const WINDOW = { id: 'zhao-min', name: '赵敏' }

/** Somebody over the product's own doors: for what lies before the page that a test is about. */
export interface Person {
  readonly id: string
  readonly token: string
  send<Answer>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer>
}

/** One of the console's doors, `POST /sandbox/api/<door>`. */
async function consoleDoor<Answer>(url: string, door: string, body: unknown): Promise<Answer> {
  const answer = await fetch(`${url}/sandbox/api/${door}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${door}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answer
}

export async function openPerson(url: string, id: string): Promise<Person> {
  let token = ''
  const send: Person['send'] = async (method, path, body) => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(method === 'GET' || path === '/api/sessions' ? {} : { 'idempotency-key': randomUUID() }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  const { code } = await consoleDoor<{ code: string }>(url, 'login-codes', { person: id })
  const consents = await ticked(url, 'service', 'privacy')
  token = (await send<{ token: string }>('POST', '/api/sessions', { code, consents })).token
  return { id, token, send }
}

/** A new person of 大梁村, registered and confirmed. */
export async function bearResident(url: string, name: string): Promise<Person> {
  const { id, idNumber } = await consoleDoor<{ id: string; idNumber: string }>(url, 'people', {
    name,
    birth: '1979-03-08',
    villageCode: VILLAGE,
  })
  const person = await openPerson(url, id)
  const codeFor = async (purpose: string) =>
    (await consoleDoor<{ code: string }>(url, 'login-codes', { person: id, purpose })).code
  await person.send('POST', '/api/account/phone', {
    code: await codeFor('phone'),
    consents: await ticked(url, 'phone'),
  })
  await person.send('POST', '/api/account/identity', {
    name,
    idNumber,
    consents: await ticked(url, 'identity'),
  })
  await person.send('POST', '/api/account/identity-confirmation', {
    code: await codeFor('real-name'),
    consents: await ticked(url, 'sensitive'),
  })
  await person.send('POST', '/api/account', { villageCode: VILLAGE })
  return person
}

async function upload(url: string, person: Person): Promise<string> {
  const { buffer, mimeType, name } = await photoOf('身份证')
  const promised = await person.send<UploadCreated>('POST', '/api/uploads', {
    name,
    contentType: mimeType,
    size: buffer.length,
  })
  const form = new FormData()
  for (const [key, value] of Object.entries(promised.fields)) form.append(key, value)
  form.append('file', new Blob([new Uint8Array(buffer)], { type: mimeType }), name)
  const answer = await fetch(new URL(promised.url, url), { method: 'POST', body: form })
  if (!answer.ok) throw new Error(`upload: ${answer.status}`)
  return promised.id
}

/** Files the short item. */
export async function fileCase(url: string, person: Person): Promise<string> {
  const form = await person.send<{ prefills: { key: string; value: unknown }[] }>(
    'GET',
    `/api/service-items/${SHORT_ITEM.id}/form`,
  )
  const known = Object.fromEntries(form.prefills.map(({ key, value }) => [key, value]))
  const { id } = await person.send<CaseCreated>('POST', '/api/cases', {
    serviceItemId: SHORT_ITEM.id,
    answers: { ...known, leaveDate: '2026-11-02', leaveReason: '合同到期' },
    materials: [{ name: '居民身份证', files: [await upload(url, person)] }],
  })
  return id
}

/** One act at work, as the case allows it now. */
export async function actOn(person: Person, caseId: string, action: string, more: object = {}) {
  const { version, staff, serviceItemId } = await person.send<CaseView>('GET', `/api/cases/${caseId}`)
  const allowed = staff?.allowed.find((each) => each.action === action)
  if (!allowed) throw new Error(`${action} is not allowed: ${JSON.stringify(staff?.allowed)}`)
  const { stepKey, unitId } = allowed
  const once = serviceItemId === 'LX-009' ? 1_000_00 : 10_000_00
  const paid = allowed.amountAsked ? { amount: allowed.amountAsked === 'monthly' ? 80_00 : once } : {}
  const body = { action, version, stepKey, unitId, ...paid, ...more }
  await person.send('POST', `/api/cases/${caseId}/actions`, body)
}

import type { CaseCreated } from '#shared/contract/application'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type Client, caseOf, clientOf, newcomer, type Person, PHOTO } from '../product/client'

export const DALIANG = '341821105200'

/**
 * People of 大梁村 who are invented for a test, born on `birth` where none is named of their own; `level` is how far their
 * identity is confirmed, from 0 to 3.
 */
export const bornBy =
  (client: Client, birth = '1944-03-05') =>
  async (name: string, level: 0 | 1 | 2 | 3 = 3, born = birth) => ({
    name,
    ...(await newcomer(client, { name, birth: born, villageCode: DALIANG, level })),
  })

/** Who acts on the cases of 大梁村, 梅渚镇, and of the county's 残联. */
export const STAFF = {
  village: 'wang-lixin',
  window: 'zhao-min',
  reviewer: 'sun-zhiyuan',
  specialWindow: 'window-disabled',
  specialReviewer: 'reviewer-disabled-1',
} as const

type Act = readonly [
  staff: keyof typeof STAFF,
  action: Parameters<typeof act>[2],
  more?: Record<string, unknown>,
]

const CORRECTION = {
  reason: '照片看不清，卡号对不上',
  items: [
    { kind: 'material', name: '居民户口簿', reason: '户口簿照片模糊，放平了再拍一张' },
    { kind: 'field', name: 'bankCard', reason: '卡号和社保卡上的不一样' },
  ],
}

/** One case in each state that a page shows, of the item whose steps lead there. */
const STORIES = {
  submitted: ['LX-029', []],
  correcting: [
    'LX-005',
    [
      ['village', 'verify'],
      ['window', 'request-correction', CORRECTION],
    ],
  ],
  examining: [
    'LX-009',
    [
      ['village', 'verify'],
      ['window', 'accept'],
    ],
  ],
  suspended: [
    'LX-012',
    [
      ['specialWindow', 'accept'],
      [
        'specialReviewer',
        'suspend',
        { basis: 'appraisal', expectedDays: 15, reason: '要到定点医院做残疾评定' },
      ],
    ],
  ],
  declined: ['LX-036', [['window', 'decline', { reason: '摊点在县城建成区，归县市场监管局备案' }]]],
  refused: [
    'LX-018',
    [
      ['village', 'verify'],
      ['window', 'accept'],
      ['reviewer', 'refuse', { reason: '已经过了法定退休年龄，不符合就业困难认定的条件' }],
    ],
  ],
  withdrawn: ['LX-051', []],
  delivered: [
    'LX-006',
    [
      ['village', 'accept'],
      ['village', 'grant'],
      ['village', 'conclude'],
      ['village', 'deliver', { method: 'electronic' }],
    ],
  ],
  certified: [
    'LX-036',
    [
      ['window', 'accept'],
      ['window', 'grant'],
      ['window', 'conclude'],
      ['window', 'deliver', { method: 'electronic' }],
    ],
  ],
  rated: [
    'LX-015',
    [
      ['village', 'accept'],
      ['village', 'grant'],
      ['village', 'conclude'],
      ['village', 'deliver', { method: 'electronic' }],
    ],
  ],
} as const satisfies Record<string, readonly [itemId: string, acts: readonly Act[]]>

export type Scene = keyof typeof STORIES

export interface Scenes {
  readonly client: Client
  /** Of 82 years, in 大梁村, with a case in every state. */
  readonly resident: string
  readonly cases: Readonly<Record<Scene, string>>
  /** The first that was issued of the delivered case. */
  readonly documentId: string
  /** Of the certificate of the certified case. */
  readonly certificate: { readonly id: string; readonly code: string }
  /** Confirmed by name, without a single case. */
  readonly beginner: string
  /** Registered by phone alone. */
  readonly acquaintance: string
  /** Has agreed to the texts, and registered nothing. */
  readonly stranger: { readonly id: string; readonly idNumber: string }
}

async function born(client: Client, name: string, birth: string) {
  const { body } = await client.door<{ id: string; idNumber: string }>('POST', 'people', {
    name,
    birth,
    villageCode: DALIANG,
  })
  return body
}

interface Applicant {
  readonly person: Person
  readonly name: string
  readonly idNumber: string
  /** 大梁村 when left out. */
  readonly villageCode?: string
  /** Somebody else is who it is for. */
  readonly agent?: true
  /** Typed by staff for whoever came. */
  readonly channel?: 'window' | 'village'
}

/** Files valid input of an item, with a picture for each paper; `written`: answers in place of those that are made up. */
export async function file(client: Client, applicant: Applicant, itemId: string, written: object = {}) {
  const { person, name, idNumber, villageCode = DALIANG, agent = false, channel } = applicant
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  const { now } = (await client.door<{ now: string }>('GET', 'clock')).body
  const uploads = await Promise.all(
    [...item.materials, ...item.fields].map((_, at) => person.upload(PHOTO, 'image/png', `照片${at}.png`)),
  )
  const { answers, ...input } = validInput(item, createRandom(5), {
    ...packContext(plainDate(now.slice(0, 10))),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    identity: { name, idNumber, mobile: '15400000001' },
    villageCode,
  })
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: itemId,
      agent,
      ...(channel ? { channel, assisted: true } : {}),
      ...input,
      answers: { ...answers, ...written },
    },
  })
  if (filed.status !== 201) throw new Error(`${itemId} not filed: ${JSON.stringify(filed.body)}`)
  return filed.body.id
}

export async function play(client: Client, caseId: string, acts: readonly Act[]) {
  for (const [staff, action, more] of acts) {
    const answer = await act(await client.as(STAFF[staff]), caseId, action, more)
    if (answer.status !== 200) throw new Error(`${action}: ${JSON.stringify(answer.body)}`)
  }
}

/** Brings the product at `url` into a state that every page can show: invented people, cases wherever they can stand. */
export async function playScenes(url: string): Promise<Scenes> {
  const client = clientOf(url)
  const { person, personId, idNumber } = await newcomer(client, {
    name: '汪桂英',
    birth: '1944-03-05',
    villageCode: DALIANG,
    level: 3,
  })
  await client.door('POST', 'consents', { person: personId, choice: 'accept' })
  const cases: Partial<Record<Scene, string>> = {}
  for (const [scene, [itemId, acts]] of Object.entries(STORIES)) {
    const caseId = await file(client, { person, name: '汪桂英', idNumber }, itemId)
    await play(client, caseId, acts)
    cases[scene as Scene] = caseId
  }
  const told = cases as Record<Scene, string>
  const { version } = await caseOf(person, told.withdrawn)
  await person.send('POST', `/api/cases/${told.withdrawn}/withdrawal`, { body: { version } })
  await person.send('POST', `/api/cases/${told.rated}/rating`, { body: { level: 1, reasons: ['不用跑'] } })
  const documentId = (await caseOf(person, told.delivered)).documents[0]?.id ?? ''
  const held = (await caseOf(person, told.certified)).certificate
  const certificate = { id: held?.documentId ?? '', code: held?.code ?? '' }
  const beginner = await newcomer(client, {
    name: '胡大贵',
    birth: '1979-08-17',
    villageCode: DALIANG,
    level: 3,
  })
  const acquaintance = await newcomer(client, {
    name: '陶月娥',
    birth: '1951-09-30',
    villageCode: DALIANG,
    level: 1,
  })
  const stranger = await born(client, '沈秀英', '1948-02-11')
  await client.logIn(stranger.id)
  return {
    client,
    resident: personId,
    cases: told,
    documentId,
    certificate,
    beginner: beginner.personId,
    acquaintance: acquaintance.personId,
    stranger,
  }
}

import { type act, type Client, clientOf, newcomer } from '../product/client'
import { DALIANG, file, play, type STAFF } from './scenes'

/** Cases that wait for those who work, by what is done with them. */
export interface DeskScenes {
  readonly client: Client
  readonly cases: Readonly<Record<DeskScene, string>>
  readonly invitation: string
}

type Act = readonly [
  staff: keyof typeof STAFF,
  action: Parameters<typeof act>[2],
  more?: Record<string, unknown>,
]

const TO_WINDOW: readonly Act[] = [['village', 'verify']]
const TO_REVIEWER: readonly Act[] = [...TO_WINDOW, ['window', 'accept']]

const STORIES = {
  unverified: ['LX-029', []],
  accept: ['LX-014', TO_WINDOW],
  transfer: ['LX-005', TO_WINDOW],
  raced: ['LX-017', []],
  decline: ['LX-036', []],
  correct: ['LX-010', []],
  correcting: [
    'LX-051',
    [
      ...TO_WINDOW,
      [
        'window',
        'request-correction',
        { reason: '号码打不通', items: [{ kind: 'field', name: 'mobile', reason: '手机号打不通，换一个' }] },
      ],
    ],
  ],
  grant: ['LX-009', TO_REVIEWER],
  refuse: ['LX-018', TO_REVIEWER],
  examined: ['LX-048', TO_REVIEWER],
} as const satisfies Record<string, readonly [itemId: string, acts: readonly Act[]]>

type DeskScene = keyof typeof STORIES

/** Whose identity the window has still to see. */
const UNCONFIRMED: readonly string[] = ['accept', 'decline'] satisfies DeskScene[]

async function applicantOf(client: Client, name: string, level: 2 | 3) {
  const { person, idNumber } = await newcomer(client, {
    name,
    birth: '1943-05-20',
    villageCode: DALIANG,
    level,
  })
  return { person, name, idNumber }
}

/** A village's agent, a town's window and its reviewer with something to do. */
export async function playDeskScenes(url: string): Promise<DeskScenes> {
  const client = clientOf(url)
  const confirmed = await applicantOf(client, '郑小霞', 3)
  const unconfirmed = await applicantOf(client, '周明兰', 2)
  const cases: Partial<Record<DeskScene, string>> = {}
  for (const [scene, [itemId, acts]] of Object.entries(STORIES)) {
    const applicant = UNCONFIRMED.includes(scene) ? unconfirmed : confirmed
    const caseId = await file(client, applicant, itemId)
    await play(client, caseId, acts)
    cases[scene as DeskScene] = caseId
  }
  const admin = await client.as('he-jing')
  const invited = await admin.send<{ token: string }>('POST', '/api/invitations', {
    body: { staffId: 'zhao-xiaoyan' },
  })
  return { client, cases: cases as Record<DeskScene, string>, invitation: invited.body.token }
}

import { sql } from 'drizzle-orm'
import { countedUp } from '../../functions/platform/db/parts/revision'
import { caseOf, newcomer } from '../product/client'
import type { County } from '../product/county'
import { DALIANG, file, play, STAFF } from './scenes'

// What lies before a clerk of several windows on a full day: late, corrected, waiting, suspended, and what is due.
export const CLERK = STAFF.window
/** Of the same town window: what they take, the clerk comes too late for. */
export const COLLEAGUE = 'qian-li'

/** 综合窗口: the departments whose window the clerk keeps besides the town's; one of them also reviews. */
const OTHER_WINDOWS = ['disabled', 'medins', 'hrss']

type Acts = Parameters<typeof play>[2]
const CHECKED: Acts = [['village', 'verify']]
const NOTICE = {
  reason: '手机号打不通',
  items: [{ kind: 'field', name: 'mobile', reason: '手机号打不通，换一个' }],
}
const SUSPENSION = { basis: 'appraisal', expectedDays: 15, reason: '要到定点医院做残疾评定' }

/** The items with what has been done of them; what settles at once stands twice. */
const DAY: readonly (readonly [itemId: string, acts: Acts])[] = [
  ['LX-036', []],
  ['LX-022', []],
  ['LX-017', []],
  ['LX-036', [['window', 'accept']]],
  ['LX-005', CHECKED],
  ['LX-014', [...CHECKED, ['window', 'request-correction', NOTICE]]],
  [
    'LX-012',
    [
      ['specialWindow', 'accept'],
      ['specialReviewer', 'suspend', SUSPENSION],
    ],
  ],
  ['LX-051', [...CHECKED, ['window', 'request-correction', NOTICE]]],
  ['LX-016', []],
  ['LX-010', []],
  ['LX-012', [['specialWindow', 'accept']]],
  ['LX-022', []],
  ['LX-009', CHECKED],
  ['LX-023', []],
  ['LX-018', CHECKED],
  ['LX-024', []],
  ['LX-019', []],
  ['LX-020', []],
  ['LX-029', CHECKED],
  ['LX-007', CHECKED],
  ['LX-048', CHECKED],
  ['LX-008', CHECKED],
  ['LX-030', CHECKED],
  ['LX-012', []],
]

const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许'
const GIVEN = '春夏秋冬梅兰竹菊松柏'

const nameAt = (at: number) =>
  `${SURNAMES.charAt(at % SURNAMES.length)}${GIVEN.charAt(at % GIVEN.length)}${GIVEN.charAt(
    Math.floor(at / GIVEN.length) % GIVEN.length,
  )}`

export interface Laid {
  readonly id: string
  readonly number: string
  readonly name: string
}

async function seatClerk({ services }: County) {
  const roles = [
    ...OTHER_WINDOWS.flatMap((unit) => [['window', unit] as const, ['dept-window', unit] as const]),
    ['dept-reviewer', 'disabled'] as const,
  ]
  for (const [role, unit] of roles)
    await services.database.rows(sql`insert into staff_roles (staff_id, role, unit_id, acting)
      values (${CLERK}, ${role}, ${unit}, false)`)
  await services.database.rows(sql`update reference_data set ${countedUp(['registry'])}`)
}

/** Answers the notice with another number. */
async function answerNotice(person: Awaited<ReturnType<typeof newcomer>>['person'], id: string) {
  const { version } = await caseOf(person, id)
  const answered = await person.send('POST', `/api/cases/${id}/supplement`, {
    body: { version, answers: { mobile: '15400000002' } },
  })
  if (answered.status !== 200) throw new Error(JSON.stringify(answered.body))
}

/** A day's cases, a third of which has lain there for some days, before the clerk who keeps several windows. */
export async function layOut(county: County, count: number): Promise<readonly Laid[]> {
  await seatClerk(county)
  const laid: Laid[] = []
  for (let at = 0; at < count; at += 1) {
    // Not so long that silence accepts.
    if (at === Math.floor(count / 3)) await county.door('POST', 'clock', { advanceWorkingDays: 2 })
    const [itemId, acts] = DAY[at % DAY.length] ?? ['LX-036', []]
    const name = nameAt(at)
    const born = await newcomer(county, { name, birth: '1943-05-20', villageCode: DALIANG, level: 3 })
    const id = await file(county, { ...born, name }, itemId)
    await play(county, id, acts)
    // Every second notice was answered.
    if (acts.some(([, action]) => action === 'request-correction') && itemId === 'LX-051')
      await answerNotice(born.person, id)
    laid.push({ id, number: (await caseOf(born.person, id)).caseNumber, name })
  }
  return laid
}

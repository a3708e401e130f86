import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { dayIn } from '../../kernel/plain-date'
import { replay } from '../evolve'
import {
  APPLICANT,
  act,
  attempt,
  everybody,
  file,
  type Journey,
  later,
  nothingMissing,
} from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import type { IssuedContent, Issuing } from '../paper/issued-words'
import { served as serviceWords } from '../paper/service-words'
import type { DeliveryCommand } from './delivery'
import { serviceOf } from './evolve-delivery'
import { ownRemedyFrom } from './served-on'

const project = packItems().find(({ id }) => id === 'LX-045')
if (!project) throw new Error('no LX-045')
const STEP = project.steps.find(({ organ }) => organ.kind === 'parallel' && organ.decides)?.key ?? ''

const does = (journey: Journey, command: DeliveryCommand) => {
  const actor = command.type === 'choose-delivery' ? APPLICANT : everybody(journey)
  const tried = attempt(journey, command, actor)
  if (!tried.ok) throw new Error(JSON.stringify(tried.error))
  return tried.value
}
const wish = (journey: Journey, method: 'electronic' | 'pickup') =>
  does(journey, { type: 'choose-delivery', method, addressDigest: null })

/** 11-02 filed and agreed; emergency refuses at once, eco two days after, the packet is signed on 11-06, and handed over on 11-09. */
const there = act(nothingMissing(file(project, '2026-11-02')), 'accept')
function decided(begun: Journey): Journey {
  const first = ['nr', 'emergency'].reduce(
    (next, unitId) => act(next, unitId === 'emergency' ? 'fail' : 'pass', { unitId }),
    begun,
  )
  return ['eco', 'water', 'housing'].reduce(
    (next, unitId) => act(next, unitId === 'eco' ? 'fail' : 'pass', { unitId }),
    later(first, 2),
  )
}
const packed = (journey: Journey) =>
  later(act(act(driveTo(later(journey, 2), 'finish'), 'grant'), 'conclude'), 3)
const reached = ({ isUnreached: _lost, ...journey }: Journey): Journey => journey
const remedies = ({ state }: Journey) =>
  ['emergency', 'eco'].map((unitId) => ownRemedyFrom(state, { stepKey: STEP, unitId }))
const lines = ({ item, state, events }: Journey): readonly string[] => {
  const event = events.at(-1)
  if (event?.type !== 'delivered') throw new Error('not handed over')
  const ids = ['nr', 'water', 'housing', 'eco', 'emergency'].map((each) => [each, each] as const)
  const issuing = { item, state, decidedBy: 'packet', certifiedBy: null, servedPaper: null }
  const said: Pick<IssuedContent, 'paragraphs'> = serviceWords(
    { ...issuing, ownPapers: new Map(ids) } satisfies Partial<Issuing>,
    event,
  )
  return said.paragraphs.map((each) => each.said + (each.documentId ?? ''))
}

const ON_PHONE = (day: number) => [
  '送达方式：电子件到手机',
  `送达日期：2026年11月${day}日`,
  '受送达人同意电子送达，文书在送达日期到达受送达人的手机',
]

test('each paper of a project bears its own day: a refusal that on which it came to the phone, a grant that on which it was handed over', () => {
  const packet = packed(decided(wish(there, 'electronic')))
  expect(remedies(packet)).toEqual(['2026-11-02', '2026-11-04'])
  const handed = act(packet, 'deliver', { method: 'electronic' })
  expect(remedies(handed)).toEqual(['2026-11-02', '2026-11-04'])
  expect(serviceOf(handed.state, 'result')?.served).toEqual({ on: '2026-11-09', method: 'electronic' })
  expect(lines(handed)).toEqual([
    ...['packet', 'nr', 'water', 'housing'].map((paper) => `送达的文书：${paper}`),
    ...ON_PHONE(9),
    '送达的文书：eco',
    ...ON_PHONE(4),
    '送达的文书：emergency',
    ...ON_PHONE(2),
  ])
  expect(replay(handed.item, handed.events)).toEqual(handed.state)
})

test('into the hand a grant is served that day, and of what was on the phone before it is a copy', () => {
  const packet = packed(decided(wish(there, 'electronic')))
  const handed = does(packet, {
    type: 'hand-over',
    of: 'result',
    takenOn: dayIn(packet.now),
    takerDigest: null,
    otherwiseDigest: 'asked for paper',
  })
  expect(serviceOf(handed.state, 'result')?.served).toEqual({ on: '2026-11-09', method: 'pickup' })
  expect(handed.state.servedOn).toBe('2026-11-09')
  expect(remedies(handed)).toEqual(['2026-11-02', '2026-11-04'])
  expect(lines(handed).join('\n')).toContain(
    '送达日期：2026年11月2日\n受送达人同意电子送达，文书在送达日期到达受送达人的手机\n另给纸质文书：窗口或村里拿，2026年11月9日。送达日期不变',
  )
})

test('a word that comes after a refusal serves it on its own day, and no later word takes it back', () => {
  const refused = decided(there)
  expect(remedies(refused)).toEqual([null, null])
  const agreed = wish(later(refused, 1), 'electronic')
  expect(remedies(agreed)).toEqual(['2026-11-05', '2026-11-05'])
  const back = packed(wish(agreed, 'pickup'))
  expect(remedies(back)).toEqual(['2026-11-05', '2026-11-05'])
  const handed = act(back, 'deliver', { method: 'pickup' })
  expect(remedies(handed)).toEqual(['2026-11-05', '2026-11-05'])
  expect(handed.state.servedOn).toBe(dayIn(back.now))
  expect(replay(handed.item, handed.events)).toEqual(handed.state)
})

test('without that word all of it is served by hand, on one day', () => {
  const handed = act(packed(decided(there)), 'deliver', { method: 'pickup' })
  expect(remedies(handed)).toEqual(['2026-11-09', '2026-11-09'])
  expect(lines(handed).filter((line) => line.startsWith('送达日期'))).toEqual(['送达日期：2026年11月9日'])
})

test('of whom the phone no longer reaches nothing was served there: what was decided is all served by hand, on one day', () => {
  const unreached: Journey = { ...wish(there, 'electronic'), isUnreached: true }
  expect(remedies(decided(unreached))).toEqual([null, null])
  const packet = packed(decided(unreached))
  expect(remedies(packet)).toEqual([null, null])
  const handed = act(packet, 'deliver', { method: 'pickup', reasonDigest: 'nobody is there' })
  expect(remedies(handed)).toEqual(['2026-11-09', '2026-11-09'])
  expect(lines(handed).join('\n')).not.toContain('手机')
  expect(replay(handed.item, handed.events)).toEqual(handed.state)
})

test('a word of who has it since then serves what the phone had not reached, on its day', () => {
  const packet = packed(decided({ ...wish(there, 'electronic'), isUnreached: true }))
  const agreed = wish(reached(packet), 'electronic')
  expect(remedies(agreed)).toEqual(['2026-11-09', '2026-11-09'])
  const handed = act(later(agreed, 1), 'deliver', { method: 'electronic' })
  expect(remedies(handed)).toEqual(['2026-11-09', '2026-11-09'])
  expect(handed.state.servedOn).toBe('2026-11-10')
  expect(replay(handed.item, handed.events)).toEqual(handed.state)
})

test('of whom the phone reaches again as the packet is written, it has served what is in it since then', () => {
  const unreached = decided({ ...wish(there, 'electronic'), isUnreached: true })
  expect(remedies(packed(reached(unreached)))).toEqual(['2026-11-06', '2026-11-06'])
})

test('what was refused before its own day was kept goes by that of the packet, as its reader was told', () => {
  const packet = packed(decided(wish(there, 'electronic')))
  const older = packet.events.map((event) => {
    if (event.type !== 'examined') return event
    const { inAppOn: _day, ...rest } = event
    return rest
  })
  const before = { ...packet, events: older, state: replay(packet.item, older) }
  expect(remedies(before)).toEqual(['2026-11-06', '2026-11-06'])
  const handed = act(before, 'deliver', { method: 'electronic' })
  expect(remedies(handed)).toEqual(['2026-11-06', '2026-11-06'])
  expect(serviceOf(handed.state, 'result')?.served?.on).toBe('2026-11-09')
  expect(replay(handed.item, handed.events)).toEqual(handed.state)
})

import { describe, expect, it } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { addDays, dayIn } from '../../kernel/plain-date'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { taskDue } from '../clock/clocks'
import { evolve, replay } from '../evolve'
import { APPLICANT, act, contextOf, everybody, file, type Journey, later } from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { openParts } from '../state'
import { mayChooseDelivery } from './choose-delivery'
import { type DeliveryCommand, decideDelivery, whyNotDelivery } from './delivery'
import { deliveryClock } from './delivery-clock'
import { serviceOf } from './evolve-delivery'
import { inAppOn } from './in-app'
import { owedPapers } from './owed-papers'
import { remedyFrom } from './served-on'

const filed = () => {
  const item = packItems().find(({ id }) => id === 'LX-028')
  if (!item) throw new Error('no LX-028')
  return file(item, '2026-03-02')
}
const tried = (journey: Journey, command: DeliveryCommand) => {
  const actor = command.type === 'choose-delivery' ? APPLICANT : everybody(journey)
  return decideDelivery(journey.item, journey.state, command, contextOf(journey, actor))
}
function does(journey: Journey, command: DeliveryCommand): Journey {
  const decided = tried(journey, command)
  if (!decided.ok) throw new Error(decided.error.code)
  const state = decided.value.reduce((before, event) => evolve(journey.item, before, event), journey.state)
  return { ...journey, state, events: [...journey.events, ...decided.value] }
}
const today = ({ now }: Journey) => dayIn(now)
const from = ({ state }: Journey) => remedyFrom(state, 'refused')
const wish = (method: 'electronic' | 'pickup') =>
  ({ type: 'choose-delivery', method, addressDigest: null }) as const
const agree = (journey: Journey) => does(journey, wish('electronic'))
const refuse = (journey: Journey) => act(act(driveTo(journey, 'decide'), 'refuse'), 'conclude')
const post = (journey: Journey) =>
  does(journey, {
    type: 'post',
    of: 'result',
    carrier: 'ems',
    trackingDigest: 'number',
    postedOn: today(journey),
    otherwiseDigest: 'asked for it',
  })
const back = (journey: Journey) =>
  does(journey, { type: 'record-return', of: 'result', returnedOn: today(journey), reasonDigest: 'gone' })
const handOver = (journey: Journey, otherwiseDigest?: string) =>
  ({
    type: 'hand-over',
    of: 'result',
    takenOn: today(journey),
    takerDigest: null,
    ...(otherwiseDigest === undefined ? {} : { otherwiseDigest }),
  }) as const

it('who asked for paper is not sent a grant to the phone instead, at whichever door', () => {
  const granted = (journey: Journey) => act(act(driveTo(journey, 'decide'), 'grant'), 'conclude')
  const paper = granted(does(filed(), wish('pickup')))
  expect(() => act(paper, 'deliver', { method: 'electronic', reasonDigest: 'easier' })).toThrow(
    'case.target-unknown',
  )
  expect(act(paper, 'deliver', { method: 'pickup' }).state.deliveredBy).toBe('pickup')
  expect(act(granted(filed()), 'deliver', { method: 'electronic' }).state.servedOn).toBeNull()
})

describe('a refusal that was theirs on the phone (民事诉讼法 第90条)', () => {
  it('waits for nobody: nothing of it is owed, no letter goes, and nothing is left to choose', () => {
    const journey = later(refuse(agree(filed())), 3)
    expect([owedPapers(journey.state), deliveryClock(journey.item, journey.state)]).toEqual([[], null])
    const context = contextOf(journey, everybody(journey))
    for (const door of ['post', 'leave', 'announce', 'record-receipt'] as const)
      expect(whyNotDelivery(journey.item, journey.state, door, 'result', context)).not.toBeNull()
    expect(mayChooseDelivery(journey.state, APPLICANT)).toBe(false)
  })

  it('is handed over on paper too, which moves no day and says so', () => {
    const told = refuse(agree(filed()))
    const day = from(told)
    expect(day).toBe(dayIn(told.state.decision?.at ?? told.now))
    const week = later(told, 5)
    expect(tried(week, handOver(week))).toMatchObject({ error: { code: 'case.reason-missing' } })
    const copied = does(week, handOver(week, 'asked for paper'))
    expect([copied.state.status, copied.state.servedOn, from(copied)]).toEqual(['delivered', day, day])
    expect(copied.events.at(-1)).toMatchObject({ copyOn: today(week), otherwiseDigest: 'asked for paper' })
    expect(serviceOf(copied.state, 'result')?.served).toMatchObject({ on: day, method: 'electronic' })
    const fetched = act(week, 'deliver', { method: 'pickup', reasonDigest: 'asked for paper' })
    expect([fetched.state.servedOn, from(fetched)]).toEqual([day, day])
  })

  it('stays so whatever word is replayed after it, as events of before are', () => {
    const told = refuse(agree(filed()))
    const day = from(told)
    const { at, ...share } = {
      at: later(told, 4).now,
      stepKey: 'deliver',
      unitId: 'x',
      of: 'result' as const,
    }
    const state = [
      {
        type: 'posted' as const,
        at,
        ...share,
        carrier: 'ems' as const,
        trackingDigest: 'n',
        postedOn: dayIn(at),
      },
      { type: 'post-returned' as const, at, ...share, returnedOn: dayIn(at), reasonDigest: 'gone' },
      { type: 'delivery-chosen' as const, at, by: 'owner' as const, method: 'pickup' as const },
    ].reduce((before, event) => {
      const next = evolve(told.item, before, event)
      expect(remedyFrom(next, 'refused')).toBe(day)
      return next
    }, told.state)
    expect(state.deliveryChoice?.method).toBe('pickup')
  })

  it('is so from the day of a word that came after a letter had come back, or while it is put up', () => {
    const returned = later(back(post(refuse(filed()))), 2)
    expect(from(returned)).toBeNull()
    const agreed = agree(returned)
    expect([from(agreed), owedPapers(agreed.state)]).toEqual([today(returned), []])
    const up = later(
      does(returned, { type: 'announce', of: 'result', placeDigest: 'wall', reasonDigest: 'gone' }),
      3,
    )
    const meanwhile = agree(up)
    expect([from(meanwhile), tried(later(meanwhile, 40), wish('pickup')).ok]).toEqual([today(up), false])
    expect(replay(meanwhile.item, meanwhile.events)).toEqual(meanwhile.state)
  })

  it('is not so where what was put up had counted before they agreed', () => {
    const up = does(back(post(refuse(filed()))), {
      type: 'announce',
      of: 'result',
      placeDigest: 'wall',
      reasonDigest: 'gone',
    })
    const late = agree(later(up, 40))
    const { state } = does(late, { type: 'record-announced', of: 'result' })
    expect([inAppOn(late.state, 'result'), remedyFrom(state, 'refused')]).toEqual([
      null,
      addDays(today(up), 30),
    ])
  })

  it('is found in a row from before that was written down', () => {
    const told = refuse(agree(filed()))
    const { inApp: _gone, ...older } = told.state
    const next = evolve(told.item, older, {
      type: 'delivery-chosen',
      at: later(told, 2).now,
      by: 'owner',
      method: 'pickup',
    })
    expect([remedyFrom(older, 'refused'), remedyFrom(next, 'refused')]).toEqual([from(told), from(told)])
  })
})

describe('what goes another way than was chosen', () => {
  it('says why at each door, but for a letter that came back', () => {
    const wanted = refuse(does(filed(), { type: 'choose-delivery', method: 'post', addressDigest: 'there' }))
    const leave = { type: 'leave', of: 'result', witnessesDigest: 'two', refusalDigest: 'no' } as const
    for (const command of [handOver(wanted), leave])
      expect(tried(wanted, command)).toMatchObject({ error: { code: 'case.reason-missing' } })
    expect(does(wanted, handOver(wanted, 'came by')).events.at(-1)).toMatchObject({
      otherwiseDigest: 'came by',
    })
    expect(tried(back(post(wanted)), leave).ok).toBe(true)
    const fetched = refuse(does(filed(), wish('pickup')))
    expect(does(fetched, handOver(fetched)).events.at(-1)).not.toHaveProperty('otherwiseDigest')
  })
})

it('the share that closes a refused case has the days of a delivery whether the phone served it or not', () => {
  const dueOf = (journey: Journey) => {
    const open = openParts(journey.state).at(-1)
    return open && taskDue(journey.item, journey.state, open.step, open.part, CALENDAR_2026)
  }
  for (const id of ['LX-005', 'LX-028', 'LX-036']) {
    const item = packItems().find((each) => each.id === id)
    if (!item) throw new Error(id)
    const before = file(item, '2026-03-02')
    const deciding = item.steps.find(({ actions }) => actions.includes('refuse'))?.key ?? ''
    const ends = (journey: Journey) => {
      const refused = act(driveTo(journey, deciding), 'refuse')
      return dueOf(refused.state.concludedAt === null ? act(refused, 'conclude') : refused)
    }
    expect(ends(agree(before)), id).toEqual(ends(before))
  }
})

describe('who has agreed to the phone and is reached by it no more', () => {
  const lost = (journey: Journey): Journey => ({ ...journey, isUnreached: true })

  it('a refusal is owed by hand or by post, with its clock, and no day runs before it came', () => {
    const refused = refuse(lost(agree(filed())))
    expect(inAppOn(refused.state, 'result')).toBeNull()
    expect(from(refused)).toBeNull()
    expect(owedPapers(refused.state)).toEqual(['result'])
    expect(deliveryClock(refused.item, refused.state)).not.toBeNull()
    const posted = post(refused)
    expect(from(posted)).toBeNull()
    expect(replay(refused.item, posted.events)).toEqual(posted.state)
    expect(from(does(refused, handOver(refused, 'came')))).toBe(today(refused))
  })

  it('whoever has died is served on no phone: the notice that the case ended is the family’s, on paper', () => {
    const ended = act(driveTo(agree(filed()), 'decide'), 'terminate', { cause: 'deceased' })
    expect(inAppOn(ended.state, 'termination')).toBeNull()
    expect(owedPapers(ended.state)).toEqual(['termination'])
    expect(serviceOf(ended.state, 'termination')?.served).toBeUndefined()
  })

  it('a word that comes later shows that they are there again, and serves it on its day', () => {
    const refused = later(refuse(lost(agree(filed()))), 3)
    const { isUnreached: _lost, ...again } = refused
    const agreed = agree(again)
    expect(from(agreed)).toBe(today(agreed))
    expect(owedPapers(agreed.state)).toEqual([])
  })
})

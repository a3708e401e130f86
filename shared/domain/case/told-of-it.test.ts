import { describe, expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { plainDate } from '../kernel/plain-date'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { dueOfCase, taskDue } from './clock/clocks'
import { dueWords } from './clock/due-words'
import { extendedWords } from './clock/extended'
import {
  handedOverWords,
  isOtherwiseThanChosen,
  takerFault,
  takerPowers,
  witnessFault,
} from './delivery/delivery-words'
import { evolve, goneBack, replay } from './evolve'
import {
  APPLICANT,
  act,
  append,
  attempt,
  contextOf,
  file,
  type Journey,
  later,
} from './journeys/case-fixture'
import { driveTo } from './journeys/sensible-acts'
import { againWords } from './outcome/again'
import { certificateCode, codeIn, codeWords, readCode } from './result/certificate-code'
import { commitmentWords } from './whose/commitment'

const itemOf = (id: string) => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const filed = (id: string, more: Parameters<typeof file>[2] = {}) => file(itemOf(id), '2026-03-02', more)

describe('how a result went', () => {
  test('what is in the post is not served yet; what reached a phone is the decision where the certificate is made apart', () => {
    expect(handedOverWords('post', false)).toBe('结果寄出了：寄到家')
    expect(handedOverWords('post', false, true)).toBe('结果送到了：寄到家')
    expect(handedOverWords('electronic', true)).toBe('决定书送到了：电子件到手机')
    expect(handedOverWords('electronic', false)).toBe('结果送到了：电子件到手机')
    expect(handedOverWords('pickup', true)).toBe('结果送到了：窗口或村里拿')
    expect([handedOverWords(null, false), handedOverWords('by pigeon', false)]).toEqual([null, null])
  })

  test('another way than was chosen is one only where something was chosen', () => {
    expect(isOtherwiseThanChosen('post', 'pickup')).toBe(true)
    expect(isOtherwiseThanChosen('post', 'post')).toBe(false)
    expect(isOtherwiseThanChosen(undefined, 'pickup')).toBe(false)
    expect(isOtherwiseThanChosen('post', null)).toBe(false)
  })

  test('nobody takes it whom the law does not name, nor who serves it', () => {
    expect(takerPowers('firm')).toEqual(['representative', 'receiver', 'firm-agent'])
    expect(takerFault({ name: '王芳', power: 'family' }, 'person', '赵敏')).toBeNull()
    expect(takerFault({ name: '王芳', power: 'family' }, 'firm', '赵敏')).toBe('power')
    expect(takerFault({ name: '梅渚镇赵敏主任', power: 'family' }, 'person', '赵敏')).toBe('server')
    expect(takerFault({ name: '赵敏梅渚镇', power: 'family' }, 'person', '赵敏')).toBe('server')
    expect(takerFault({ name: '李赵敏', power: 'family' }, 'person', '赵敏')).toBeNull()
    // Whose name nobody knows is nobody's.
    expect(takerFault({ name: '王芳', power: 'family' }, 'person', ' ')).toBeNull()
  })

  test('two witnesses are two, and neither of them is who serves it or whom it is about', () => {
    expect(witnessFault(['大梁村 王某', '网格员 李某'], '赵敏')).toBeNull()
    expect(witnessFault(['大梁村 王某', '王某，大梁村'], '赵敏')).toBe('same')
    expect(witnessFault(['大梁村王某', '王某'], '赵敏')).toBe('same')
    expect(witnessFault(['大梁村 王某'], '赵敏')).toBe('same')
    expect(witnessFault(['赵 敏', '李某'], '赵敏')).toBe('server')
    expect(witnessFault(['王某', '李某，赵敏'], '赵敏', ['王某'])).toBe('server')
    expect(witnessFault(['王某', '李某'], '赵敏', ['孙某', '李某'])).toBe('concerned')
  })
})

describe('until when', () => {
  const { item, state } = filed('LX-049')
  const on = plainDate('2026-03-05')
  const today = plainDate('2026-03-03')
  test('the law’s day is named as the law’s once it is over, and a year without holidays has no day yet', () => {
    const law = { kind: 'on', on, clock: 'statutory' } as const
    expect(dueWords(item, state, law, plainDate('2026-03-06'))).toBe('已过法定的 3月5日')
    expect(dueWords(item, state, { ...law, clock: 'promised' }, plainDate('2026-03-06'))).toBe(
      '已过承诺的 3月5日',
    )
    expect(dueWords(item, state, law, on)).toBe('最晚 3月5日 办好')
    expect(dueWords(item, state, { kind: 'calendar-missing', year: 2027 }, today)).toBe(
      '2027年放假安排公布后告诉你日期',
    )
  })

  test('a day in place of a broken one goes before it, and is told as over once it is', () => {
    const due = { kind: 'on', on, clock: 'promised', anew: plainDate('2026-03-10') } as const
    expect(dueWords(item, state, due, plainDate('2026-03-10'))).toBe('改到 3月10日')
    expect(dueWords(item, state, due, plainDate('2026-03-11'))).toBe('改到 3月10日，也过了')
  })

  test('what the law gives more is told beside the promise, which it does not prolong', () => {
    const told = (journey: Journey, day: string) => {
      const due = dueOfCase(journey.item, journey.state, CALENDAR_2026)
      return extendedWords(journey.item, journey.state, due, CALENDAR_2026, plainDate(day))
    }
    const accepted = act(filed('LX-038'), 'accept')
    expect(told(accepted, '2026-03-09')).toEqual({
      until: '最晚可以办到 3月30日',
      promise: '承诺的 3月9日 不变，还是照它办',
    })
    expect(told(accepted, '2026-03-10').promise).toBe('承诺的 3月9日 已经过了')
    expect(told(act(accepted, 'request-correction'), '2026-03-03').promise).toBeNull()
    const visit = driveTo(filed('LX-034'), 'site')
    expect(told(visit, '2026-03-03').promise).toBeNull()
  })

  test('what waits tells for which step, since when, and why: the applicant, a stage, a procedure with its own day', () => {
    const dueOf = ({ item: of, state: at }: Journey) => dueOfCase(of, at, CALENDAR_2026)
    const nobody = filed('LX-032', { applicant: { numberIndex: null, identityIndex: null } })
    expect(dueOf(nobody)).toMatchObject({
      kind: 'waits-for',
      stepKey: 'accept',
      because: 'applicant',
      since: '2026-03-02',
    })
    // The village only looks beside; what is waited for is whoever accepts.
    const said = attempt(
      filed('LX-005', { identityConfirmed: false }),
      { type: 'disown', staffIds: [] },
      { ...APPLICANT, mayDisown: true },
    )
    expect(said.ok && dueOf(said.value)).toMatchObject({ stepKey: 'accept', because: 'applicant' })
    const village = filed('LX-025')
    expect(dueOf(village)).toMatchObject({ stepKey: 'village', because: 'stage', since: '2026-03-02' })
    const stopped = act(driveTo(filed('LX-034'), 'site'), 'suspend', { basis: 'appraisal', expectedDays: 5 })
    expect(dueOf(stopped)).toMatchObject({
      stepKey: 'site',
      because: 'special-procedure',
      basis: 'appraisal',
      until: '2026-03-07',
    })
    const asked = act(filed('LX-038'), 'request-correction')
    expect(dueOf(asked)).toMatchObject({ stepKey: 'accept', because: 'correction', until: null })
  })

  test('a share that nobody has opened has no day', () => {
    const open = filed('LX-038')
    const waiting = open.state.steps.find(({ key }) => key === 'review')
    const [part] = waiting?.parts ?? []
    if (!waiting || !part) throw new Error('no review')
    expect(taskDue(open.item, open.state, waiting, part, CALENDAR_2026)).toEqual({
      kind: 'paused',
      since: '2026-03-02',
    })
  })
})

describe('events', () => {
  const { item, events, state, now } = filed('LX-005')
  test('a case begins with its filing, and of no events there is none', () => {
    expect(() => evolve(item, null, { type: 'taken-over', at: now })).toThrow('begins with "filed"')
    expect(() => replay(item, [])).toThrow('without events')
    expect(() => goneBack(undefined, state)).toThrow('before what was undone')
    expect(() => goneBack(state, null)).toThrow('before what was undone')
  })

  test('what the filing says of how it came in stays with the case, and what it does not say is missing', () => {
    const said = {
      renews: 'case',
      renewsUntil: plainDate('2026-05-01'),
      consent: 'read',
      consentBy: 'agent',
      isCommitted: true,
      tickedBy: 'read-to-comer',
    }
    const [first] = events
    expect(replay(item, [{ ...first, ...said } as never])).toMatchObject({
      renews: 'case',
      renewsUntil: '2026-05-01',
      consent: 'read',
      consentBy: 'agent',
      commitment: { at: now, answersDigest: 'answers', by: 'read-to-comer' },
    })
    for (const key of ['renews', 'renewsUntil', 'consent', 'consentBy', 'commitment'])
      expect(state).not.toHaveProperty(key)
  })

  test('the certificate that it renews was revoked: kept with its moment, and nothing else changes', () => {
    const journey = filed('LX-005')
    const after = append(later(journey, 1), [{ type: 'renewed-revoked', at: later(journey, 1).now }])
    expect(after.state).toEqual({
      ...journey.state,
      renewedRevokedAt: after.now,
      version: 2,
      decidingVersion: 2,
    })
  })

  test('who was told of silence beside the applicant is kept; where nobody was, nothing is', () => {
    const told = [{ role: 'supervisor', unitId: '341821' }] as const
    const at = { at: now, stepKey: 'accept', unitId: 'town', type: 'accepted', bySilence: true } as const
    const journey = filed('LX-005')
    expect(append(journey, [{ ...at, told }]).state.silenceTold).toEqual(told)
    expect(append(journey, [at]).state).not.toHaveProperty('silenceTold')
    expect(contextOf(journey, APPLICANT).isReached).toBe(true)
  })
})

test('a certificate’s code has no letter that is read as another, and is read as the eye took it', () => {
  expect(certificateCode(new Uint8Array(16))).toBe('0'.repeat(26))
  expect(certificateCode(new Uint8Array([0xff, 0x00]))).toBe('ZW00')
  expect(certificateCode(new Uint8Array(0))).toBe('')
  expect(codeWords('ABCDEFGHJK')).toBe('ABCD EFGH JK')
  expect(codeWords('ABCD')).toBe('ABCD')
  expect(readCode('o1-il 9')).toBe('01119')
  expect(codeIn('https://county.example/#/features/certificate/check?code=ab-cd')).toBe('ABCD')
  expect(codeIn('ab cd')).toBe('ABCD')
})

test('what opens for some weeks of the year is not told as to be had at any time', () => {
  expect(againWords({ openWindow: null })).toBe('随时能再申请')
  expect(againWords({ openWindow: {} as never })).toBe('开放的时候能再申请')
})

test('before it was recorded who ticked 我保证, it is told by how it came in', () => {
  const state = {
    commitment: { at: filed('LX-005').now, answersDigest: 'answers' },
    answersDigest: 'answers',
  }
  expect(commitmentWords(state)).toContain('勾了“我保证”')
  expect(commitmentWords({ ...state, consent: 'read' as never })).toContain('念给本人听过')
  expect(commitmentWords({ ...state, consent: 'read' as never, consentBy: 'agent' })).toContain(
    '念给来办的人听过',
  )
  expect(commitmentWords({ answersDigest: 'answers' })).toBeNull()
})

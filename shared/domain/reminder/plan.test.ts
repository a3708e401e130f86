import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pages } from '../../contract/pages'
import type { CaseEvent } from '../case/events'
import type { CaseState } from '../case/state'
import { type Instant, plainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import type { CalendarYear } from '../time-limit/calendar'
import type { ReminderChange } from './change'
import { remindersOf } from './plan'

const FOLDER = 'drizzle/packs/langxi/service-items'
const read = (file: string): ServiceItem => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8'))
const item = read('LX-005.json')
const now = '2026-11-24T01:42:00.000Z' as Instant
const [TOWN, CASE] = ['341821101', '0192f3c4-0000-7000-8000-000000000001']
const calendar = new Map<number, CalendarYear>([[2026, { offDays: new Set(), workDays: new Set() }]])
const context = {
  calendar,
  units: new Map(),
  unitName: () => '梅渚镇',
  handlersOf: () => [],
  isAway: () => false,
  holders: (role: string) =>
    role === 'town-window'
      ? [
          { id: 'zhao-min', name: '赵敏' },
          { id: 'li-na', name: '李娜' },
        ]
      : [],
}

const state = (changes: Partial<CaseState> = {}) =>
  ({
    serviceItemId: item.id,
    where: { villageId: 'village', townId: TOWN, departmentId: 'civil' },
    receivedAt: now,
    identityConfirmed: true,
    corrections: [],
    approvals: [],
    disownments: [],
    changes: [],
    steps: [],
    pauses: [],
    accepted: null,
    decision: null,
    extension: null,
    ...changes,
  }) as unknown as CaseState

const rule = { limitDays: 10, graceDays: 5 }
const at = { at: now, stepKey: item.steps[1]?.key ?? '', unitId: TOWN }
const withIds = (events: readonly CaseEvent[]) => events.map((event, index) => ({ id: `e${index}`, event }))

const change = (events: readonly CaseEvent[], rest: Partial<ReminderChange> = {}): ReminderChange => ({
  caseId: CASE,
  caseNumber: '3418212611240001',
  item,
  before: null,
  after: state(),
  events: withIds(events),
  due: { kind: 'on', on: plainDate('2026-12-08'), clock: 'promised' },
  held: rest.opened ?? [],
  opened: [],
  newCard: null,
  parties: [{ recipient: 'filer', as: 'filer' }],
  actor: { staffId: null, profileId: null },
  ...rest,
})

const told = (events: readonly CaseEvent[], rest: Partial<ReminderChange> = {}) =>
  remindersOf(change(events, rest), context, now)

describe('whoever typed it for somebody without an account', () => {
  const lineOf = (delivered: Pick<CaseState, 'deliveredAt' | 'deliveredBy'>) => {
    const typed = {
      channel: 'window',
      enteredAt: TOWN,
      enteredBy: 'zhao-min',
      takenOverAt: null,
      relatives: [],
    }
    const rest = { after: state({ ...typed, ...delivered } as Partial<CaseState>), parties: [] }
    const [message] = told([{ ...at, type: 'granted', reasonDigest: null }], rest)
    return message?.recipient === 'staff:zhao-min' ? message.lines[0] : undefined
  }
  it('hands over what was decided, but not what was handed over in the same act', () => {
    expect(lineOf({ deliveredAt: null, deliveredBy: null })).toBe(
      '申请人没有账号，收不到消息：告诉本人，文书交给本人',
    )
    expect(lineOf({ deliveredAt: now, deliveredBy: 'pickup' })).toBe(
      '申请人没有账号，收不到消息：告诉本人。结果送到了：窗口或村里拿',
    )
    expect(lineOf({ deliveredAt: now, deliveredBy: 'post' })).toBe(
      '申请人没有账号，收不到消息：告诉本人。结果寄出了：寄到家',
    )
  })
})

describe('the applicant', () => {
  it('reads that the days count again, and until when', () => {
    const [message] = told([{ ...at, type: 'clock-resumed' }])
    expect(message?.title).toBe('高龄津贴接着计时')
    expect(message?.lines[0]).toBe('特别程序做完了，最晚 12月8日 办好')
  })

  it('reads of a grant the half day that is to come', () => {
    const lineOf = (seats: CaseState['seats']) => {
      const after = state({ seats, status: 'granted', organUnitId: TOWN })
      return told([{ ...at, type: 'granted', reasonDigest: null }], { after })[0]?.lines[0]
    }
    const seat = { on: plainDate('2026-11-24'), half: '下午' } as NonNullable<CaseState['seats']>[number]
    expect(lineOf([seat])).toBe('约好 11月24日 下午来，接下来办结，办好了再告诉你')
    expect(lineOf(null)).toBe('接下来办结，办好了再告诉你')
  })

  it.each([
    { type: 'verified', outcome: 'verified' },
    { type: 'accepted', bySilence: false },
    { type: 'transferred', toUnitId: TOWN, reasonDigest: 'd' },
  ])('$type: is told that nothing is granted before the identity is shown, and how to show it', (event) => {
    const lineOf = (after: Partial<CaseState>) =>
      told([{ ...at, ...event } as CaseEvent], { after: state(after) })[0]?.lines[0]
    expect(lineOf({ identityConfirmed: false })).toMatch(
      /批以前要核一次身份：本人在微信里核，或带身份证到窗口、村里$/,
    )
    expect(lineOf({ identityConfirmed: false })).not.toContain('不用动')
    expect(lineOf({ identityConfirmed: true })).not.toContain('身份')
    const firm = {
      kind: 'firm',
      numberIndex: 'n',
      identityIndex: null,
      takenFrom: null,
      underFourteen: false,
      disowned: false,
    } as const
    expect(lineOf({ identityConfirmed: false, applicant: firm })).toMatch(/批以前要出示这家企业的委托/)
  })

  it('hears who accepted and by when it is done', () => {
    expect(told([{ ...at, type: 'accepted', bySilence: false }])).toEqual([
      {
        eventId: 'e0',
        kind: 'accepted',
        recipient: 'filer',
        urgent: false,
        channel: 'subscribe',
        templateId: 'YX-CASE-PROGRESS',
        title: '高龄津贴受理了',
        lines: ['梅渚镇受理了，最晚 12月8日 办好', '办件编号 3418212611240001'],
        page: `features/case/timeline?id=${CASE}`,
        data: {
          thing1: '高龄津贴',
          character_string2: '3418212611240001',
          phrase3: '已受理',
          date4: '2026年11月24日',
          thing5: '最晚 12月8日 办好',
        },
      },
    ])
  })

  it('is told why, where silence accepted', () => {
    const after = state({ accepted: { on: plainDate('2026-11-24'), bySilence: true } })
    const [message] = told([{ ...at, type: 'accepted', bySilence: true }], { after })
    expect(message?.lines[0]).toBe('到期没有答复，已经算受理了，最晚 12月8日 办好')
  })

  it('is promised no day that is over', () => {
    const due = { kind: 'on', on: plainDate('2026-11-20'), clock: 'promised' } as const
    const [message] = told([{ ...at, type: 'accepted', bySilence: false }], { due })
    expect(message?.lines[0]).toBe('梅渚镇受理了，已过承诺的 11月20日')
    expect(message?.data['thing5']).toBe('已过承诺的 11月20日')
    const byLaw = told([{ ...at, type: 'accepted', bySilence: false }], {
      due: { ...due, clock: 'statutory' },
    })
    expect(byLaw[0]?.lines[0]).toBe('梅渚镇受理了，已过法定的 11月20日')
  })

  it('is told by the reminder what silence brings: the end, or a decision on what there is', () => {
    const asked = { ...at, askedAt: now, items: [], rule, suppliedAt: null, lapsedAt: null, remindedAt: now }
    const noteOf = (beforeAcceptance: boolean) => {
      const after = state({ corrections: [{ ...asked, beforeAcceptance }] })
      return told([{ at: now, type: 'correction-reminded' }], { after })[0]?.data['thing5']
    }
    expect([noteOf(true), noteOf(false)]).toEqual(['再不补就办不下去了', '再不补，就按现有的材料作决定'])
  })

  it('has nothing to wait for in what the village checks once it is decided', () => {
    const check: CaseEvent = { ...at, type: 'verified', outcome: 'verified', reasonDigest: null }
    const decision = { kind: 'granted', at: now, stepKey: 'review', reasonDigest: null } as const
    expect(told([check], { after: state({ decision }) })[0]?.lines[0]).toBe(
      '这件办好以后的核实，做完了，你不用动',
    )
    expect(told([check])[0]?.lines[0]).toBe('接着往下办，你不用动')
  })

  it('is given no date that nobody knows', () => {
    const due = { kind: 'calendar-missing', year: 2027 } as const
    const [message] = told([{ ...at, type: 'accepted', bySilence: false }], { due })
    expect(message?.lines[0]).toBe('梅渚镇受理了，2027年放假安排公布后告诉你日期')
    expect(message?.data).toMatchObject({ date4: '2026年11月24日', thing5: '等2027年放假安排' })
  })

  it('is told the date of the law when that is what moves', () => {
    const of = read('LX-038.json')
    const after = state({
      accepted: { on: plainDate('2026-11-02'), bySilence: false },
      extension: { days: 10, on: plainDate('2026-11-24') },
    })
    const event: CaseEvent = { ...at, type: 'limit-extended', days: 10, reasonDigest: 'd' }
    const [message] = told([event], { item: of, after })
    expect(message?.lines[0]).toBe('多 10 个工作日，最晚可以办到 12月14日')
    expect(message?.lines[1]).toMatch(/^承诺的 .*不变，还是照它办$|^承诺的 .*已经过了$/)
    expect(message?.data['thing5']).toBe('最晚可以办到 12月14日')
    expect(message?.lines.join()).not.toContain('法定')
  })

  it('hears that the confirmation has answered what was asked, and of nothing else by it', () => {
    const event: CaseEvent = { ...at, type: 'identity-confirmed', by: 'wechat' }
    const items = [{ kind: 'field' as const, name: 'idNo', reasonDigest: 'd' }]
    const asked = {
      ...at,
      askedAt: now,
      items,
      rule,
      beforeAcceptance: true,
      remindedAt: null,
      lapsedAt: null,
    }
    const accepted: CaseEvent = { ...at, type: 'accepted', bySilence: true }
    const after = state({ corrections: [{ ...asked, suppliedAt: now }] })
    expect(told([event, accepted], { after }).map(({ kind, channel }) => [kind, channel])).toEqual([
      ['identity-confirmed', 'inbox'],
      ['accepted', 'subscribe'],
    ])
    expect(told([event])).toEqual([])
  })

  it('who filed it hears nothing of what follows the taking over', () => {
    const events: CaseEvent[] = [
      { at: now, type: 'taken-over' },
      { ...at, type: 'granted', reasonDigest: null },
    ]
    const parties = [
      { recipient: 'profile:son' as const, as: 'filer' as const },
      { recipient: 'profile:owner' as const, as: 'owner' as const },
    ]
    const actor = { staffId: null, profileId: 'owner' }
    expect(told(events, { parties, actor }).map(({ recipient, kind }) => [recipient, kind])).toEqual([
      ['profile:son', 'taken-over'],
      ['profile:owner', 'granted'],
    ])
  })

  it('hears of each thing where a change does several', () => {
    const messages = told([
      { ...at, type: 'granted', reasonDigest: null },
      { ...at, type: 'concluded' },
      { ...at, type: 'delivered', method: 'electronic' },
    ])
    expect(messages.map(({ kind, eventId, title }) => [kind, eventId, title])).toEqual([
      ['granted', 'e0', '高龄津贴批准了'],
      ['concluded', 'e1', '高龄津贴办好了'],
      ['delivered', 'e2', '高龄津贴送到了'],
    ])
  })

  it('hears once of what comes together: a grant with its end, and the end with what it hands over', () => {
    const grant: CaseEvent = { ...at, type: 'granted', reasonDigest: null }
    const atOnce = read('LX-017.json')
    const stepKey = atOnce.steps.find(({ actions }) => actions.includes('conclude'))?.key ?? ''
    const granted = { kind: 'granted', at: now, stepKey, reasonDigest: null } as const
    const closing = { ...at, stepKey }
    const of = (events: readonly CaseEvent[], after: Partial<CaseState>) =>
      told(events, { item: atOnce, after: state(after) }).map(({ kind }) => kind)
    expect(of([{ ...grant, ...closing }], { decision: granted })).toEqual([])
    const done = { decision: granted, concludedAt: now }
    expect(of([{ ...closing, type: 'concluded' }], done)).toEqual(['concluded'])
    expect(of([{ ...closing, type: 'delivered', method: 'electronic' }], done)).toEqual([])
    expect(of([{ ...closing, type: 'delivered', method: 'post' }], done)).toEqual(['delivered'])
    const earlier = { ...done, concludedAt: '2026-11-20T02:00:00.000Z' as Instant }
    expect(of([{ ...closing, type: 'delivered', method: 'electronic' }], earlier)).toEqual(['delivered'])
    const refused = { ...granted, kind: 'refused' } as const
    expect(of([{ ...closing, type: 'concluded' }], { decision: refused })).toEqual([])
    expect(
      of([{ ...closing, type: 'delivered', method: 'electronic' }], { ...done, decision: refused }),
    ).toEqual(['delivered'])
  })

  it('learns what to mend and until when', () => {
    const items = [
      { kind: 'material' as const, name: '身份证', reasonDigest: 'd' },
      { kind: 'field' as const, name: 'bank', reasonDigest: 'd' },
    ]
    const after = state({
      corrections: [
        {
          ...at,
          askedAt: now,
          items,
          rule,
          beforeAcceptance: true,
          remindedAt: null,
          suppliedAt: null,
          lapsedAt: null,
        },
      ],
    })
    const [message] = told(
      [{ ...at, type: 'correction-requested', items, rule, second: false, reasonDigest: 'd' }],
      { after },
    )
    expect(message).toMatchObject({
      title: '高龄津贴要补 2 样',
      lines: ['要补身份证、bank，补好就接着办。最晚 12月8日 交上来', '办件编号 3418212611240001'],
      page: `features/case/correction?id=${CASE}`,
      templateId: 'YX-CASE-TODO',
      urgent: true,
      data: { thing3: '要补 2 样', date4: '2026年12月8日', thing5: '身份证、bank' },
    })
  })

  it('is not pushed what they did themselves', () => {
    expect(told([{ at: now, type: 'withdrawn', reasonDigest: null }])).toMatchObject([
      { kind: 'withdrawn', channel: 'inbox', title: '高龄津贴撤回了' },
    ])
  })

  it('hears nothing of what is the office’s own', () => {
    expect(told([{ ...at, type: 'assigned', staffId: 'zhao-min' }])).toEqual([])
  })
})

describe('staff', () => {
  const task = {
    stepKey: item.steps[1]?.key ?? '',
    role: 'town-window' as const,
    unitId: TOWN,
    queue: 'to-do' as const,
    assigneeId: null,
    barred: [],
    approval: false,
    partUnitId: TOWN,
    dueOn: plainDate('2026-11-25'),
  }
  const verified: CaseEvent = { ...at, type: 'verified', outcome: 'verified', reasonDigest: null }
  const staffOf = (rest: Partial<ReminderChange>) =>
    told([verified], rest).filter((message) => message.recipient !== 'filer')

  it('of the pool hear of new work, except who made it', () => {
    expect(staffOf({ opened: [task], actor: { staffId: 'li-na', profileId: null } })).toMatchObject([
      {
        recipient: 'staff:zhao-min',
        kind: 'task',
        channel: 'relation',
        templateId: 'YX-STAFF-TASK',
        urgent: false,
        title: '新办件：高龄津贴',
        lines: ['乡镇受理，最晚 11月25日', '办件编号 3418212611240001'],
        page: `staff/case/case?id=${CASE}`,
        data: { thing1: '高龄津贴', phrase3: '受理', date4: '2026年11月25日', thing5: '最晚 11月25日' },
      },
    ])
  })

  it('who have it open hear once that it was taken back', () => {
    const before = state({
      steps: [{ key: task.stepKey, status: 'open', parts: [{ unitId: TOWN, status: 'open' }] }],
    } as never)
    const after = state({ relatives: [] })
    const back: CaseEvent[] = [{ at: now, type: 'withdrawn', reasonDigest: null }]
    const heard = (rest: Partial<ReminderChange>) =>
      told(back, { before, after, parties: [], ...rest }).map(({ recipient }) => recipient)
    const [message] = told(back, { before, after, parties: [] })
    expect(message).toMatchObject({
      title: '高龄津贴：申请人撤回了',
      lines: ['不用再办了', '办件编号 3418212611240001'],
    })
    expect(heard({})).toEqual(['staff:zhao-min', 'staff:li-na'])
    expect(heard({ held: [{ ...task, assigneeId: 'li-na' }] })).toEqual(['staff:li-na'])
    expect(heard({ actor: { staffId: 'li-na', profileId: null } })).toEqual(['staff:zhao-min'])
    expect(heard({ before: state() })).toEqual([])
  })

  it('who have it next read who before them said no', () => {
    const failed = {
      key: task.stepKey,
      status: 'done',
      parts: [{ unitId: TOWN, status: 'done', outcome: 'failed' }],
    }
    const [message] = staffOf({ opened: [task], after: state({ steps: [failed] } as never) })
    expect(message?.lines).toContain('梅渚镇乡镇受理：没通过，为什么，点开先看')
  })

  it('hear of it once, though two shares of it are theirs', () => {
    expect(staffOf({ opened: [task, { ...task, unitId: 'other' }] })).toHaveLength(2)
  })

  it('hear of two steps in one message, what runs out first in front; a request for approval is another', () => {
    const second = { ...task, stepKey: item.steps[2]?.key ?? '', dueOn: plainDate('2026-11-24') }
    const [message] = staffOf({ opened: [task, second] })
    expect(message?.lines).toEqual([
      `${item.steps[2]?.name}，最晚 11月24日`,
      '乡镇受理，最晚 11月25日',
      '办件编号 3418212611240001',
    ])
    expect(message?.urgent).toBe(true)
    const run = {
      key: second.stepKey,
      status: 'open',
      parts: [{ unitId: TOWN, status: 'open', openedAt: now }],
    }
    const approval = {
      ...at,
      stepKey: second.stepKey,
      for: 'suspend',
      approvers: [{ role: second.role, unitId: second.unitId }],
      askedAt: now,
      answeredAt: null,
    }
    const after = state({ steps: [run], approvals: [approval] } as unknown as Partial<CaseState>)
    const kinds = staffOf({ opened: [task, { ...second, approval: true }], after }).map(
      ({ recipient, kind }) => [recipient, kind],
    )
    expect(kinds.filter(([recipient]) => recipient === 'staff:li-na')).toEqual([
      ['staff:li-na', 'task'],
      ['staff:li-na', 'approval'],
    ])
  })

  it('hear of it alone when it was given to one of them', () => {
    expect(staffOf({ opened: [{ ...task, assigneeId: 'li-na' }] }).map((each) => each.recipient)).toEqual([
      'staff:li-na',
    ])
  })

  it('hear nothing of a case that they must not handle', () => {
    expect(staffOf({ opened: [{ ...task, barred: ['zhao-min'] }] }).map((each) => each.recipient)).toEqual([
      'staff:li-na',
    ])
  })

  it('are told urgently what must be done today', () => {
    const [message] = staffOf({ opened: [{ ...task, dueOn: plainDate('2026-11-24') }] })
    expect(message?.urgent).toBe(true)
  })

  it('are left alone while a task waits for the applicant', () => {
    expect(staffOf({ opened: [{ ...task, queue: 'waits-for-applicant' }] })).toEqual([])
  })
})

describe('every message of every item', () => {
  const reason = { reasonDigest: 'd' }
  const events: readonly CaseEvent[] = [
    { ...at, type: 'accepted', bySilence: false },
    { ...at, ...reason, type: 'declined' },
    { ...at, ...reason, type: 'correction-requested', items: [], rule, second: false },
    { at: now, type: 'correction-reminded' },
    { at: now, type: 'correction-lapsed' },
    { ...at, ...reason, type: 'transferred', toUnitId: TOWN, moved: null },
    { ...at, ...reason, type: 'rectification-required', recheckOn: plainDate('2027-01-05') },
    { ...at, ...reason, type: 'clock-suspended', basis: 'hearing', expectedDays: 5 },
    { ...at, ...reason, type: 'limit-extended', days: 10 },
    { ...at, type: 'notice-published' },
    { ...at, type: 'granted', reasonDigest: null },
    { ...at, ...reason, type: 'refused' },
    { ...at, type: 'payment-recorded', paidOn: plainDate('2026-11-23') },
    { ...at, type: 'concluded' },
    { ...at, type: 'delivered', method: 'post' },
    { at: now, type: 'terminated', stepKey: null, unitId: null, cause: null },
  ]
  const paths: readonly string[] = pages.map((page) => page.path)
  const fits: Readonly<Record<string, RegExp>> = {
    thing: /^.{1,20}$/u,
    phrase: /^\p{Script=Han}{1,5}$/u,
    date: /^\d{4}年\d{1,2}月\d{1,2}日$/,
    character_string: /^[!-~]{1,32}$/,
  }

  it.each(readdirSync(FOLDER))('%s opens a page of ours and fills its template', (file) => {
    const each = read(file)
    const opened = each.steps.map((step) => ({
      stepKey: step.key,
      role: 'town-window' as const,
      unitId: TOWN,
      queue: 'to-do' as const,
      assigneeId: null,
      barred: [],
      approval: false,
      partUnitId: TOWN,
      dueOn: null,
    }))
    const messages = [
      ...events.flatMap((event) => told([event], { item: each })),
      ...opened.flatMap((task) =>
        told([{ ...at, type: 'granted', reasonDigest: null }], { item: each, opened: [task] }),
      ),
    ]
    expect(messages.length).toBeGreaterThan(events.length + each.steps.length)
    for (const message of messages) {
      expect(paths).toContain(message.page.split('?')[0])
      for (const [key, value] of Object.entries(message.data)) {
        expect(value).toMatch(fits[key.replace(/\d$/, '')] ?? /^$/)
      }
    }
  })
})

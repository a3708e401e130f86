import { expect, test } from 'vitest'
import { MESSAGE_KINDS, type MessageKind, ruleOf } from './message-kinds'
import { type Beside, type Happened, isUntrue, takesBackARing } from './overtaken'

const happened = (type: string, more: object = {}) =>
  ({ type, actor: 'staff:m0', stepKey: 's0', unitId: 'u0', ...more }) as unknown as Happened
const KINDS = Object.keys(MESSAGE_KINDS) as MessageKind[]

test('that a request is over follows a ring of this request, not of an older one that was answered', () => {
  const [asked, no] = ['approval-requested', 'approval-rejected'].map((type) =>
    happened(type, { for: 'extend' }),
  )
  const [again, examined] = [happened('approval-requested', { for: 'extend' }), happened('examined')]
  if (!asked || !no) throw new Error('nothing was asked')
  const rule = ruleOf('approval-overtaken', 'staff')
  if (!rule) throw new Error('no rule')
  const events = [asked, no, again, examined]
  const message = { events, told: examined, recipient: 'staff:m1', isOwner: false }
  const ring = (told: Happened): Beside => ({ kind: 'approval', told, isLater: false, rang: true })
  expect(takesBackARing(rule, message, [ring(asked)])).toBe(false)
  expect(takesBackARing(rule, message, [ring(again)])).toBe(true)
})

test('that they live follows a ring that they had died, which nothing has taken back since, of another case as well', () => {
  const rule = ruleOf('applicant-lives', 'staff')
  if (!rule) throw new Error('no rule')
  const elsewhere = happened('applicant-death-recorded')
  const message = { events: [], told: elsewhere, recipient: 'staff:m1', isOwner: false }
  const of = (kind: MessageKind, rang: boolean): Beside => ({ kind, told: elsewhere, isLater: false, rang })
  const first = of('applicant-died', true)
  expect(takesBackARing(rule, message, [first])).toBe(true)
  expect(takesBackARing(rule, message, [first, of('applicant-lives', true)])).toBe(false)
  const second = [first, of('applicant-lives', true), of('applicant-died', false)]
  expect(takesBackARing(rule, message, second)).toBe(false)
  expect(takesBackARing(rule, message, [...second, of('applicant-died', true)])).toBe(true)
})

test('of every kind nothing rings for the dead, and for whoever helped them all that is true', () => {
  const told = KINDS.filter((kind) => ruleOf(kind, 'applicant') && kind !== 'death-record-withdrawn')
  const silent = (kind: MessageKind, isOwner: boolean, ...since: string[]) => {
    const rule = ruleOf(kind, 'applicant')
    const [of, ...later] = [kind, 'applicant-death-recorded', ...since].map((type) => happened(type))
    return rule && of && isUntrue(rule, { events: [of, ...later], told: of, recipient: 'profile:p', isOwner })
  }
  expect(told.filter((kind) => !silent(kind, true))).toEqual([])
  expect(told.filter((kind) => silent(kind, false))).toEqual([])
  expect(told.filter((kind) => silent(kind, true, 'death-record-withdrawn'))).toEqual([
    'applicant-death-recorded',
  ])
})

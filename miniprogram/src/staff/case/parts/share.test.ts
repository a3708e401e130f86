import { expect, test } from 'vitest'
import type { CaseView } from '#shared/contract/case'
import { atShare, departmentAt, departmentOf, nextOf, sharesOf } from './share'

const one = (unitId: string, action = 'pass') => ({
  action,
  stepKey: 'parallel',
  unitId,
  shortName: `县${unitId}局`,
})
const viewOf = (...allowed: ReturnType<typeof one>[]) =>
  ({
    staff: {
      allowed,
      clocks: [],
      steps: [
        { key: 'parallel', parts: [{}, {}] },
        { key: 'accept', parts: [{}] },
      ],
    },
  }) as unknown as CaseView
const acts = (view: CaseView) => view.staff?.allowed.map(({ unitId, action }) => `${unitId} ${action}`)
const BOTH = viewOf(one('nr'), one('nr', 'fail'), one('eco'), one('eco', 'fail'))

test('whoever has one department alone works on the whole case', () => {
  const alone = viewOf(one('nr'), one('nr', 'fail'))
  expect(atShare(alone, undefined)).toEqual({
    view: alone,
    chosen: undefined,
    others: [],
    all: [],
    mustChoose: false,
  })
})

test('of two departments nothing may be done before one is chosen', () => {
  const at = atShare(BOTH, undefined)
  expect(at.mustChoose).toBe(true)
  expect(acts(at.view)).toEqual([])
  expect(at.others.map(({ unitId }) => unitId)).toEqual(['nr', 'eco'])
})

test('what is chosen shows the acts of that department alone, and the other to turn to', () => {
  const at = atShare(BOTH, 'eco')
  expect(acts(at.view)).toEqual(['eco pass', 'eco fail'])
  expect(at.chosen).toEqual({ unitId: 'eco', name: '县eco局' })
  expect(at.others).toEqual([{ unitId: 'nr', name: '县nr局' }])
})

test('a key turns to each of several in its turn', () => {
  const three = viewOf(one('nr'), one('eco'), one('water'))
  const turned = (from: string | undefined) => nextOf(atShare(three, from))?.unitId
  expect([undefined, 'nr', 'eco', 'water'].map(turned)).toEqual(['nr', 'eco', 'water', 'nr'])
  expect(nextOf(atShare(viewOf(one('nr')), 'nr'))).toBeUndefined()
})

test('once its share is done nothing of the other comes under the keys by itself', () => {
  const at = atShare(viewOf(one('eco')), 'nr')
  expect(acts(at.view)).toEqual([])
  expect(at.mustChoose).toBe(false)
  expect(at.others.map(({ unitId }) => unitId)).toEqual(['eco'])
})

test('the days of the department that was chosen are its own, those of the whole everybody’s', () => {
  const clock = (kind: string, unitId?: string) => ({ kind, ...(unitId === undefined ? {} : { unitId }) })
  const view = viewOf(one('nr'), one('eco'))
  const clocks = [clock('step', 'nr'), clock('step', 'eco'), clock('promised')]
  const dated = { ...view, staff: { ...view.staff, clocks } } as unknown as CaseView
  const others = (unitId: string | undefined) =>
    atShare(dated, unitId).view.staff?.clocks.map((each) => each.others === true)
  expect([others(undefined), others('eco'), others('nr')]).toEqual([
    [false, false, false],
    [true, false, false],
    [false, true, false],
  ])
})

const waiting = (unitId: string, more: object = {}) => ({
  unitId,
  shortName: `县${unitId}局`,
  isOpen: false,
  allowed: [],
  settleBy: null,
  advice: null,
  waitsBecause: null,
  ...more,
})
const settling = (...shares: ReturnType<typeof waiting>[]) =>
  ({
    revocation: { own: { name: 'nr' } },
    staff: {
      clocks: [],
      allowed: [one('eco')],
      steps: [],
      afterDecision: {
        ...waiting('', { allowed: ['decline-advice', 'keep-decision'], settleBy: '2026-12-01' }),
        decisions: [
          { unitId: 'nr', acts: ['propose-revocation'] },
          { unitId: 'eco', acts: ['propose-revocation', 'advise-revocation'] },
        ],
        shares,
      },
    },
  }) as unknown as CaseView

test('what waits after a decision is work of its department, and stands there alone', () => {
  const view = settling(
    waiting('nr', { allowed: ['decline-advice'], advice: { title: '督查建议撤销' }, settleBy: '2026-12-09' }),
    waiting('eco', { isOpen: true }),
  )
  expect(sharesOf(view).map(({ unitId }) => unitId)).toEqual(['eco', 'nr'])
  expect(atShare(view, undefined).view.staff?.afterDecision?.allowed).toEqual([])
  const nr = atShare(view, 'nr')
  expect(nr.chosen?.name).toBe('县nr局')
  expect(nr.view.revocation).toBeNull()
  expect(nr.view.staff?.afterDecision).toMatchObject({
    allowed: ['decline-advice'],
    settleBy: '2026-12-09',
    shares: [{ unitId: 'nr' }],
    decisions: [
      { unitId: 'nr', acts: ['propose-revocation'] },
      { unitId: 'eco', acts: ['advise-revocation'] },
    ],
  })
  const eco = atShare(view, 'eco').view
  expect(eco.revocation).not.toBeNull()
  expect(eco.staff?.afterDecision).toMatchObject({ allowed: [], advice: null, settleBy: null })
})

test('a sheet names the department at a step of several, and none elsewhere', () => {
  const [allowed] = BOTH.staff?.allowed ?? []
  if (!allowed) throw new Error('nothing allowed')
  expect(departmentOf(BOTH, allowed)).toBe('县nr局')
  expect(departmentOf(BOTH, { ...allowed, stepKey: 'accept' })).toBeUndefined()
  expect(departmentAt(BOTH, { stepKey: 'parallel', unitId: 'eco' })).toBe('县eco局')
  expect(departmentAt(BOTH, { stepKey: 'parallel', unitId: 'water' })).toBeUndefined()
  expect(sharesOf(BOTH)).toHaveLength(2)
})

test('a department whose decision waits for nothing is turned to, and is no choice that has to be made', () => {
  const view = settling(waiting('nr', { allowed: ['propose-revocation'] }), waiting('eco'))
  expect(atShare(view, undefined).mustChoose).toBe(false)
  const at = atShare(view, 'eco')
  expect(at.others).toEqual([{ unitId: 'nr', name: '县nr局' }])
  expect(atShare(view, 'nr').view.staff?.afterDecision?.allowed).toEqual(['propose-revocation'])
  const above = settling(waiting('nr', { allowed: ['advise-revocation'] }), waiting('eco'))
  expect(atShare(above, 'eco').others).toEqual([])
})

test('before one has chosen nothing of the first department stands there', () => {
  const advice = { title: '督查建议撤销' }
  const view = settling(waiting('nr', { allowed: ['decline-advice'], advice }), waiting('eco'))
  const first = { ...view.staff?.afterDecision, advice, waitsBecause: '等申请人陈述、申辩' }
  const shown = { ...view, staff: { ...view.staff, afterDecision: first } } as unknown as CaseView
  const { view: open, mustChoose } = atShare(shown, undefined)
  expect(mustChoose).toBe(true)
  expect(open.revocation).toBeNull()
  expect(open.staff?.afterDecision).toMatchObject({
    allowed: [],
    advice: null,
    settleBy: null,
    waitsBecause: null,
    decisions: [],
  })
})

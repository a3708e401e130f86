import { useEffect, useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'

/** A department for which one may act at a case. */
export interface Share {
  readonly unitId: string
  readonly name: string
}

const nameOf = ({ shortName, unitName }: AllowedAction) => shortName ?? unitName

const SETTLING = ['revoke-decision', 'keep-decision', 'decline-advice']

/** Each department once, as the server lists what may be done at its step, and what it has to settle after its decision. */
export function sharesOf({ staff }: CaseView): readonly Share[] {
  const settling = (staff?.afterDecision?.shares ?? []).filter(
    ({ advice, allowed }) => advice !== null || allowed.some((one) => SETTLING.includes(one)),
  )
  const names = new Map([
    ...(staff?.allowed ?? []).map((one) => [one.unitId, nameOf(one)] as const),
    ...settling.map(({ unitId, shortName }) => [unitId, shortName] as const),
  ])
  return [...names].map(([unitId, name]) => ({ unitId, name }))
}

/** Where nothing has to be settled, but something may be begun or written down of what that department decided. */
const turnsTo = ({ staff }: CaseView, working: readonly Share[]): readonly Share[] =>
  (working.length === 0 ? [] : (staff?.afterDecision?.shares ?? []))
    .filter(({ unitId }) => working.every((one) => one.unitId !== unitId))
    .filter(({ allowed, isOthers }) =>
      allowed.some((act) => act !== 'advise-revocation' && (act !== 'record-statement' || !isOthers)),
    )
    .map(({ unitId, shortName: name }) => ({ unitId, name }))

export interface AtShare {
  /** With the acts of that department alone; of none while one has to choose. */
  readonly view: CaseView
  readonly chosen: Share | undefined
  readonly others: readonly Share[]
  /** Theirs, in the order in which keys turn. */
  readonly all: readonly Share[]
  readonly mustChoose: boolean
}

const NOTHING_WAITS = { allowed: [], advice: null, settleBy: null, waitsBecause: null }

/** What waits after that department's own decision; of whoever may choose among several nothing before they have. */
function settledAt(view: CaseView, unitId: string | undefined): CaseView {
  const { staff } = view
  const after = staff?.afterDecision
  if (!staff || !after?.shares) return view
  const own = after.shares.find((each) => each.unitId === unitId)
  if (!own)
    return {
      ...view,
      revocation: null,
      staff: { ...staff, afterDecision: { ...after, ...NOTHING_WAITS, decisions: [] } },
    }
  const { unitId: meant, shortName: _name, isOpen, isOthers: _others, ...waiting } = own
  const decisions = (after.decisions ?? []).flatMap((each) => {
    const acts = each.acts.filter((act) => act === 'advise-revocation' || each.unitId === meant)
    return acts.length === 0 ? [] : [{ ...each, acts }]
  })
  return {
    ...view,
    revocation: isOpen ? view.revocation : null,
    // The one that is left is whose name an answer bears.
    staff: { ...staff, afterDecision: { ...after, ...waiting, decisions, shares: [own] } },
  }
}

/** Beside the share that one stands at the days of another are another's. */
const clocksAt = (clocks: NonNullable<CaseView['staff']>['clocks'], unitId: string) =>
  clocks.map((clock) =>
    clock.unitId === undefined || clock.unitId === unitId ? clock : { ...clock, others: true },
  )

/** A case as it stands before one of one's departments: who signs for several signs for one at a time. */
export function atShare(view: CaseView, unitId: string | undefined): AtShare {
  const working = sharesOf(view)
  const shares = [...working, ...turnsTo(view, working)]
  const mustChoose = unitId === undefined && working.length > 1
  const { staff } = view
  if (!staff || (unitId === undefined && !mustChoose))
    return { view, chosen: undefined, others: [], all: [], mustChoose: false }
  return {
    view: settledAt(
      {
        ...view,
        staff: {
          ...staff,
          allowed: staff.allowed.filter((one) => one.unitId === unitId),
          clocks: unitId === undefined ? staff.clocks : clocksAt(staff.clocks, unitId),
        },
      },
      unitId,
    ),
    chosen: shares.find((each) => each.unitId === unitId),
    others: shares.filter((each) => each.unitId !== unitId),
    all: shares,
    mustChoose,
  }
}

/** To which a key turns: each in its turn. */
export const nextOf = ({ all, chosen }: AtShare): Share | undefined => {
  const next = all[(all.findIndex(({ unitId }) => unitId === chosen?.unitId) + 1) % all.length]
  return next?.unitId === chosen?.unitId ? undefined : next
}

/** `asked`: by the row that led here. What was turned to stays until another row leads here. */
export function useShare(caseId: string | undefined, asked: string | undefined) {
  const place = `${caseId} ${asked}`
  const [turned, setTurned] = useState<{ readonly place: string; readonly unitId: string }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each row that is opened is meant.
  useEffect(() => setTurned(undefined), [place])
  return {
    unitId: turned?.place === place ? turned.unitId : asked,
    turn: ({ unitId }: Share) => setTurned({ place, unitId }),
    turnBack: () => setTurned(undefined),
  }
}

type Named = Pick<AllowedAction, 'stepKey' | 'unitId'>

/** As `departmentOf`, of what a page knows by its place alone; undefined too where nothing may be done there. */
export function departmentAt(view: CaseView, { stepKey, unitId }: Named): string | undefined {
  const allowed = view.staff?.allowed.find((each) => each.stepKey === stepKey && each.unitId === unitId)
  return allowed && departmentOf(view, allowed)
}

/** Of an act at a step of several departments: in whose name it is done. */
export function departmentOf({ staff }: CaseView, allowed: AllowedAction): string | undefined {
  const step = staff?.steps.find(({ key }) => key === allowed.stepKey)
  return step && step.parts.length > 1 ? nameOf(allowed) : undefined
}

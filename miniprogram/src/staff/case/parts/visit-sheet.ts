import { useEffect, useMemo } from 'react'
import type { CaseView } from '#shared/contract/case'
import type { SiteVisit } from '#shared/contract/site-visit'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { platform } from '../../../platform'
import { today } from '../../../platform/clock'
import { useRequest } from '../../../platform/use-request'
import { departmentAt } from './share'

export interface VisitPlace {
  readonly caseId: string
  readonly stepKey: string
  readonly unitId: string
}

/** What is asked at one site, and no more of the case: it stays on the phone, since a site may have no signal. */
export interface VisitSheet {
  readonly id: string
  readonly version: number
  readonly plainName: string
  readonly applicantMasked: string
  readonly visit: SiteVisit
  readonly colleagues: readonly { readonly staffId: string; readonly name: string }[]
  readonly mayRecord: boolean
  readonly maySign: boolean
  /** Where several departments have the step; missing where one has, and in what was kept before it was told. */
  readonly department?: string | undefined
}

type Missing<Whole, Keys extends keyof Whole> = Omit<Whole, Keys> & Partial<Pick<Whole, Keys>>
type WrittenRecord = NonNullable<SiteVisit['record']>

/** As the version before kept it on a phone, or as its server answers while one of them follows the other. */
export type VisitOfBefore = Missing<
  Omit<SiteVisit, 'record'>,
  'notBefore' | 'round' | 'mends' | 'earlier'
> & {
  readonly record: Missing<WrittenRecord, 'visitedOn' | 'whyAnew'> | null
}

/** Whole, whichever version it is from: what all have signed counts there as another visit, which nothing takes the place of. */
export function wholeVisit({ record, mends, ...visit }: VisitOfBefore): SiteVisit {
  const isOpen = record?.officers.some(({ signed }) => !signed) === true
  return {
    notBefore: today(),
    round: '',
    earlier: [],
    ...visit,
    mends: mends === undefined && isOpen ? 'open' : (mends ?? null),
    record: record && { visitedOn: dayIn(record.at as Instant), whyAnew: null, ...record },
  }
}

const PREFIX = 'page:staff-visit:'
const nameOf = ({ caseId, stepKey, unitId }: VisitPlace) => `${PREFIX}${caseId}:${stepKey}:${unitId}`

/** By the case alone: whoever is out has opened its site before. */
const LAST = (caseId: string) => `${PREFIX}${caseId}`
export const keptVisitOf = (caseId: string) => platform.read(LAST(caseId)) as VisitPlace | undefined

const visitAt = ({ staff }: CaseView, { stepKey, unitId }: Omit<VisitPlace, 'caseId'>) =>
  staff?.visits?.find((each) => each.stepKey === stepKey && each.unitId === unitId)

function sheetOf(view: CaseView, place: VisitPlace): VisitSheet | undefined {
  const visit = visitAt(view, place)
  if (!view.staff || !visit) return undefined
  const may = (action: string) =>
    view.staff?.allowed.some(
      (each) => each.action === action && each.stepKey === place.stepKey && each.unitId === place.unitId,
    ) ?? false
  return {
    id: view.id,
    version: view.version,
    plainName: view.plainName,
    applicantMasked: view.applicantMasked,
    visit: wholeVisit(visit),
    colleagues: view.staff.colleagues,
    mayRecord: may('record-visit'),
    maySign: may('sign-visit'),
    department: departmentAt(view, place),
  }
}

/** The sheet of a site, from the office or, where no signal is, as the phone has kept it. */
export function useVisitSheet(place: VisitPlace) {
  const { loaded, reload } = useRequest<CaseView>(place.caseId && `/api/cases/${place.caseId}`)
  const view = loaded.state === 'ready' ? loaded.value : undefined
  const { caseId, stepKey, unitId } = place
  const fresh = useMemo(
    () => view && sheetOf(view, { caseId, stepKey, unitId }),
    [view, caseId, stepKey, unitId],
  )
  useEffect(() => {
    if (!fresh) return
    platform.write(nameOf({ caseId, stepKey, unitId }), fresh)
    platform.write(LAST(caseId), { caseId, stepKey, unitId })
  }, [fresh, caseId, stepKey, unitId])
  const isAway =
    (loaded.state === 'failed' && loaded.trouble.code === 'network.unreachable') ||
    (loaded.state === 'ready' && loaded.trouble?.code === 'network.unreachable')
  const kept = isAway ? (platform.read(nameOf(place)) as VisitSheet | undefined) : undefined
  return {
    sheet: fresh ?? (kept && { ...kept, visit: wholeVisit(kept.visit) }),
    isAway,
    view,
    loaded,
    reload,
  }
}

import type { ActOnCase } from '#shared/contract/case'
import { isBarred } from '#shared/domain/case/barred'
import type { CaseCommand } from '#shared/domain/case/decide'
import { TERMINATION_CAUSES, type TerminationCause } from '#shared/domain/case/events'
import type { CaseState } from '#shared/domain/case/state'
import { maskNumbersIn } from '#shared/domain/kernel/digits'
import { plainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Principal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { Reference } from '../service-item'
import type { CaseRow } from './case-row'
import type { CaseDeps } from './deps'
import { membersOf } from './members'
import type { CaseTask } from './outbox'
import { holdersAt } from './tasks'
import { type CaseText, sealText } from './texts'
import { placeAfterTransfer, transferTargets } from './transfer-targets'
import { type CaseRequest, runVerb } from './verb'

/** One act of staff at one step. */
export const createActOnCase = (deps: CaseDeps) => (request: CaseRequest, body: ActOnCase) =>
  runVerb(deps, request, body.version, ({ caseRow, item, reference, principal, loaded }) => {
    const { cause, reason, worded, told } = wordsOf(deps, caseRow.id, item, body)
    checkTransfer(reference, caseRow.state, item, body)
    checkColleague(reference, body, caseRow)
    checkOfficers(reference, body, principal)
    checkAssignee(reference, body, caseRow, loaded.tasks)
    const { version: _version, reason: _reason, items: _items, recheckOn, paidOn, ...rest } = body
    const command: CaseCommand = {
      ...defined(rest),
      ...(cause === undefined ? {} : { cause }),
      moved: placeOf(reference, caseRow.state, item, body),
      ...(recheckOn === undefined ? {} : { recheckOn: plainDate(recheckOn) }),
      ...(paidOn === undefined ? {} : { paidOn: plainDate(paidOn) }),
      type: 'act',
      reasonDigest: reason?.digest ?? null,
      items: worded.map(({ kind, name, text }) => ({ kind, name, reasonDigest: text.digest })),
    }
    const texts: CaseText[] = [...(reason ? [reason] : []), ...worded.map(({ text }) => text)]
    return { command, texts, reasonDigest: reason?.digest ?? null, ...told }
  })

/** The cause, reason and items of an act, their texts sealed. */
function wordsOf({ cipher }: CaseDeps, caseId: string, item: ServiceItem, body: ActOnCase) {
  const cause = causeOf(body)
  const words = cause === undefined ? body.reason : undefined
  const worded = (body.items ?? []).map(({ kind, name, reason: why }, at) => {
    checkCorrectionItem(item, kind, name, at)
    return { kind, name, text: sealText(cipher, caseId, 'reason', why) }
  })
  if (words === undefined) return { cause, worded, reason: null, told: {} }
  return {
    cause,
    worded,
    reason: sealText(cipher, caseId, 'reason', words),
    // 行政许可法 第42条: the reason of a longer limit is told to the applicant.
    told: body.action === 'extend' ? { reason: maskNumbersIn(words) } : {},
  }
}

/** A case is ended for a cause that the law knows, never for a reason in free words. */
function causeOf({ action, reason }: ActOnCase): TerminationCause | undefined {
  if (action !== 'terminate') return undefined
  const cause = TERMINATION_CAUSES.find((each) => each === reason)
  if (cause === undefined)
    throw unknown('/reason', '只有申请人去世了，或者号码的主人说不是自己申请的，才这样终止')
  return cause
}

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }
/** Without the keys whose value is undefined, which zod leaves in the type. */
const defined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Defined<T>

/** 一次性告知: only what the guide lists may be asked for again. */
function checkCorrectionItem(item: ServiceItem, kind: 'material' | 'field', name: string, at: number) {
  const known =
    kind === 'material'
      ? item.materials.some((material) => material.name === name && material.kind === 'upload')
      : item.fields.some((field) => field.key === name)
  if (!known) throw unknown(`/items/${at}/name`, '指南里没有这一样，不能要')
}

function checkTransfer(reference: Reference, state: CaseState, item: ServiceItem, body: ActOnCase) {
  if (body.action !== 'transfer' || body.toUnitId === undefined) return
  const targets = transferTargets(reference, state, item, body.stepKey, body.unitId)
  if (!targets.some(({ unitId }) => unitId === body.toUnitId)) throw unknown('/toUnitId', '不能转给这个单位')
}

const placeOf = (reference: Reference, state: CaseState, item: ServiceItem, body: ActOnCase) =>
  body.action === 'transfer' && body.toUnitId !== undefined
    ? placeAfterTransfer(reference, state, item, body.stepKey, body.unitId, body.toUnitId)
    : null

/** A task is given to whoever holds it: anybody else would be reminded of what they cannot see. */
function checkAssignee(reference: Reference, body: ActOnCase, caseRow: CaseRow, tasks: readonly CaseTask[]) {
  if (body.action !== 'assign' || body.staffId === undefined) return
  if (holdersAt(reference, caseRow, tasks, body).some(({ id }) => id === body.staffId)) return
  throw unknown('/staffId', '只能指派给办这一步的人')
}

/** Nobody is given, or goes along to, what is their own. */
function checkColleague(reference: Reference, body: ActOnCase, caseRow: CaseRow) {
  if (body.staffId !== undefined && !reference.staff.has(body.staffId))
    throw unknown('/staffId', '没有这个人')
  const named = [...(body.staffId === undefined ? [] : [body.staffId]), ...(body.officerIds ?? [])]
  if (named.some((id) => isBarred(caseRow, id))) throw new ProblemError('case.own-case')
}

/**
 * 行政许可法 第34条: those who look at a site belong to the organ that examines. Whoever writes it down was there, unless
 * they only stand in for an organ that has nobody.
 */
function checkOfficers(reference: Reference, body: ActOnCase, principal: Principal) {
  if (body.officerIds === undefined) return
  const members = membersOf(reference, body.unitId)
  const elsewhere = body.officerIds.findIndex((id) => !members.has(id))
  if (elsewhere >= 0) {
    const message = '这个人不在办这一步的单位'
    throw new ProblemError('case.officer-elsewhere', {
      errors: [{ pointer: `/officerIds/${elsewhere}`, code: 'case.officer-elsewhere', message }],
    })
  }
  const { staffId } = principal
  if (staffId !== null && members.has(staffId) && !body.officerIds.includes(staffId))
    throw unknown('/officerIds', '到现场的人里要有你自己')
}

const unknown = (pointer: string, message: string) =>
  new ProblemError('case.target-unknown', {
    detail: message,
    errors: [{ pointer, code: 'case.target-unknown', message }],
  })

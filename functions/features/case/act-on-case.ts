import type { ActOnCase } from '#shared/contract/case'
import type { CaseCommand } from '#shared/domain/case/decide'
import type { CaseState } from '#shared/domain/case/state'
import { plainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Principal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { Reference } from '../service-item'
import type { CaseDeps } from './deps'
import type { CaseTask } from './outbox'
import type { CaseRow } from './queries'
import { holdersAt, isMemberBarred } from './tasks'
import { type CaseText, sealText } from './texts'
import { placeAfterTransfer, transferTargets } from './transfer-targets'
import { type CaseRequest, runVerb } from './verb'

/** One act of staff at one step. */
export const createActOnCase = (deps: CaseDeps) => (request: CaseRequest, body: ActOnCase) =>
  runVerb(deps, request, body.version, ({ caseRow, item, reference, principal, loaded }) => {
    const reason = body.reason === undefined ? null : sealText(deps.cipher, caseRow.id, 'reason', body.reason)
    const worded = (body.items ?? []).map(({ kind, name, reason: why }) => {
      checkCorrectionItem(item, kind, name)
      return { kind, name, text: sealText(deps.cipher, caseRow.id, 'reason', why) }
    })
    checkTransfer(reference, caseRow.state, item, body)
    checkColleague(reference, body, principal, caseRow)
    checkAssignee(reference, body, loaded.tasks)
    const { version: _version, reason: _reason, items: _items, recheckOn, paidOn, ...rest } = body
    const command: CaseCommand = {
      ...defined(rest),
      moved: placeOf(reference, caseRow.state, item, body),
      ...(recheckOn === undefined ? {} : { recheckOn: plainDate(recheckOn) }),
      ...(paidOn === undefined ? {} : { paidOn: plainDate(paidOn) }),
      type: 'act',
      reasonDigest: reason?.digest ?? null,
      items: worded.map(({ kind, name, text }) => ({ kind, name, reasonDigest: text.digest })),
    }
    const texts: CaseText[] = [...(reason ? [reason] : []), ...worded.map(({ text }) => text)]
    return { command, texts, reasonDigest: reason?.digest ?? null }
  })

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }
/** Without the keys whose value is undefined, which zod leaves in the type. */
const defined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Defined<T>

/** 一次性告知: only what the guide lists may be asked for again. */
function checkCorrectionItem(item: ServiceItem, kind: 'material' | 'field', name: string) {
  const known =
    kind === 'material'
      ? item.materials.some((material) => material.name === name && material.kind === 'upload')
      : item.fields.some((field) => field.key === name)
  if (!known) throw new ProblemError('case.target-unknown', { detail: '指南里没有这一样，不能要' })
}

function checkTransfer(reference: Reference, state: CaseState, item: ServiceItem, body: ActOnCase) {
  if (body.action !== 'transfer' || body.toUnitId === undefined) return
  const targets = transferTargets(reference, state, item, body.stepKey, body.unitId)
  if (!targets.some(({ unitId }) => unitId === body.toUnitId)) throw new ProblemError('case.target-unknown')
}

const placeOf = (reference: Reference, state: CaseState, item: ServiceItem, body: ActOnCase) =>
  body.action === 'transfer' && body.toUnitId !== undefined
    ? placeAfterTransfer(reference, state, item, body.stepKey, body.unitId, body.toUnitId)
    : null

/** A task is given to whoever holds it: anybody else would be reminded of what they cannot see. */
function checkAssignee(reference: Reference, body: ActOnCase, tasks: readonly CaseTask[]) {
  if (body.action !== 'assign' || body.staffId === undefined) return
  if (holdersAt(reference, tasks, body).some(({ id }) => id === body.staffId)) return
  const message = '只能指派给办这一步的人'
  const errors = [{ pointer: '/staffId', code: 'case.target-unknown', message }]
  throw new ProblemError('case.target-unknown', { detail: message, errors })
}

function checkColleague(reference: Reference, body: ActOnCase, principal: Principal, caseRow: CaseRow) {
  const named = [...(body.staffId === undefined ? [] : [body.staffId]), ...(body.officerIds ?? [])]
  const members = named.map((id) => reference.staff.get(id))
  if (members.includes(undefined)) throw new ProblemError('case.target-unknown')
  if (members.some((member) => member && isMemberBarred(caseRow, member)))
    throw new ProblemError('case.own-case')
  if (body.officerIds && principal.staffId !== null && !body.officerIds.includes(principal.staffId)) {
    throw new ProblemError('case.target-unknown', { detail: '到现场的人里要有你自己' })
  }
}

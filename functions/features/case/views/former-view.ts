import type { CaseView } from '#shared/contract/case'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { unitName } from '#shared/domain/organization/registry'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Reference } from '../../service-item'
import type { CaseRow } from '../case-row'

/** Of a case its number, its item and its day, and nothing else: what more a reader is given is added by name. */
export function bareView(caseRow: CaseRow, item: ServiceItem): CaseView {
  return {
    id: caseRow.id,
    caseNumber: caseRow.caseNumber,
    serviceItemId: item.id,
    itemName: item.name,
    plainName: item.plainName,
    status: 'submitted',
    outcome: { key: 'open', word: '', tone: 'calm', documentId: null },
    version: 1,
    viewer: 'former',
    applicantMasked: '',
    ownName: null,
    applicantKind: 'person',
    filedByOther: false,
    helpedBy: null,
    enteredByStaff: false,
    villageName: null,
    filedAt: caseRow.filedAt,
    dueOn: null,
    dueBecause: null,
    apart: null,
    light: { kind: 'paused', since: dayIn(caseRow.filedAt) },
    explanation: null,
    identityConfirmed: false,
    identityAwaited: null,
    disownedWays: null,
    checkFailed: false,
    nowText: '',
    next: null,
    timeline: [],
    answers: [],
    papers: [],
    correction: null,
    documents: [],
    decision: null,
    certificate: null,
    against: null,
    pay: null,
    rating: null,
    phone: null,
    booked: null,
    bookedBefore: null,
    expectedOn: null,
    holder: null,
    ask: null,
    mayWithdraw: false,
    mayDisown: false,
    mayTakeOver: false,
    mayAnswer: false,
    mayAdd: false,
    addable: { fields: [], papers: [] },
    mayRate: false,
    applyAgain: false,
    appliedAgain: null,
    staff: null,
  }
}

/** All that is left of a case to whoever lost it by transfer: its number, its item and where it went. */
export function viewFormer(caseRow: CaseRow, item: ServiceItem, reference: Reference): CaseView {
  const went = caseRow.state.transfers.at(-1)
  return {
    ...bareView(caseRow, item),
    outcome: { key: 'open', word: '转给别的单位了', tone: 'paused', documentId: null },
    light: { kind: 'paused', since: dayIn(went?.at ?? caseRow.filedAt) },
    nowText: `转给了${unitName(reference, went?.toUnitId ?? '')}`,
  }
}

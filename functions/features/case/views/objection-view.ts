import type { CaseView } from '#shared/contract/case'

/**
 * All that who takes an objection needs of a case whose step is not theirs yet: what it is about and the notice, as it hangs
 * there for everybody, and the one act. No answer, no paper, nothing of what happened. 个人信息保护法 第6条
 */
export const viewForObjection = (view: CaseView): CaseView => ({
  ...view,
  identityAwaited: null,
  explanation: null,
  timeline: [],
  answers: [],
  papers: [],
  correction: null,
  documents: view.documents.filter(({ kind }) => kind === 'publicity'),
  pay: null,
  booked: null,
  bookedBefore: null,
  expectedOn: null,
  ask: null,
  holder: null,
  staff: view.staff && {
    ...view.staff,
    mayConfirmIdentity: false,
    otherFirmName: null,
    capacityWarning: null,
    declared: [],
    enteredBy: null,
    duplicates: [],
    hiddenDuplicates: 0,
    colleagues: [],
    assignees: [],
    approvals: [],
    changedSince: [],
    supplement: null,
    newFiles: [],
    proofs: [],
    correctionDrafts: [],
    decisionDrafts: [],
    correctionChoices: [],
  },
})

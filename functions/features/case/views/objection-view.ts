import type { CaseView } from '#shared/contract/case'
import { bareView } from './former-view'

type Staff = NonNullable<CaseView['staff']>

/** Of a case whose step is not theirs yet nothing is there to be done but this. */
const takesIt = ({ action }: Staff['allowed'][number]) => action === 'record-objection'

/** The notice alone: its step, its days and the act. What a case has besides is given to them by nobody. */
function staffView(staff: Staff): Staff {
  const allowed = staff.allowed.filter(takesIt)
  const isHere = ({ key }: Staff['steps'][number]) => allowed.some(({ stepKey }) => stepKey === key)
  return {
    allowed,
    steps: staff.steps.filter(isHere).map((step) => ({ ...step, status: 'open', doneOn: null, parts: [] })),
    clocks: staff.clocks.filter(({ kind }) => kind === 'publicity'),
    standsIn: false,
    mayConfirmIdentity: false,
    otherFirmName: null,
    applicantUnnamed: false,
    capacityWarning: null,
    disowned: false,
    endedBy: null,
    identityBy: 'counter',
    powerEnded: false,
    declared: [],
    channel: null,
    src: null,
    assisted: null,
    enteredBy: null,
    duplicates: [],
    hiddenDuplicates: 0,
    returnTargets: [],
    transferTargets: [],
    colleagues: [],
    assignees: [],
    deliveryMethods: [],
    handsOverBy: null,
    decisionDrafts: [],
    settlePapers: [],
    correctionDrafts: [],
    noticeDrafts: [],
    approvalChoices: [],
    approvals: [],
    changedSince: [],
    supplement: null,
    newFiles: [],
    proofs: [],
    checkFailed: null,
    extensionDays: null,
    correctionChoices: [],
  }
}

/** How a case stands to who takes an objection, whatever else is so: its notice has not been closed. */
export const NOTICED: CaseView['outcome'] = { key: 'open', word: '有公示', tone: 'calm', documentId: null }

/**
 * All that who takes an objection needs of a case whose step is not theirs yet, given by name: what it is about and the
 * notice, as it hangs there for everybody, and the one act. 个人信息保护法 第6条
 */
export function viewForObjection(view: CaseView, ...bare: Parameters<typeof bareView>): CaseView {
  const staff = view.staff && staffView(view.staff)
  const known = bareView(...bare)
  return {
    ...known,
    version: view.version,
    viewer: 'staff',
    outcome: NOTICED,
    nowText: NOTICED.word,
    light: staff?.clocks[0]?.light ?? known.light,
    villageName: view.villageName,
    // Nobody asks them to look at it.
    identityConfirmed: true,
    documents: view.documents.filter(({ kind }) => kind === 'publicity'),
    phone: view.phone,
    staff,
  }
}

export { type Answered, type CaseRequest, replayed } from './acts/verb'
export {
  type CaseRow,
  caseFrom,
  caseJson,
  dealingsAt,
  type Stored,
  type StoredWith,
  TASKS,
  wholeCaseJson,
  withCase,
} from './case-row'
export { createCertificateRoutes } from './certificate-routes'
export { currentState } from './current-state'
export { createSettleNow } from './date-hearings'
export type { CaseDeps } from './deps'
export type { DocumentRules, IssuedDocument } from './document-rules'
export { digestOf } from './documents/print-document'
export { createEntryRoutes } from './entry-routes'
export { createCasesOnLeaving } from './lists/cases-on-leaving'
export { createFiledOfItem } from './lists/filed-of-item'
export { createFillLines } from './lists/fill-lines'
export { createFillSearch } from './lists/fill-search'
export { LINED_TASKS, TASK_IS_LINED } from './lists/lined'
export { findRated, type HeldCase } from './lists/list-queries'
export { myCases } from './lists/my-cases'
export { type SampleAsked, sampleCases, wasDrawn } from './lists/sample-cases'
export { wordDigests } from './lists/search-index'
export { sharesToHandOver } from './lists/share-hand-overs'
export { handlersIn, membersThere, signersAt, signingNote } from './lists/signers'
export { lineOfTask, lineOn, TASK_LINE_HEAD, type TaskLine } from './lists/task-line'
export { createListMoves } from './move-dates'
export { createNoticeRoutes } from './notice-routes'
export { createObjectionRoutes } from './objection-routes'
export { stateOnTime, timeContext } from './on-time'
export { CASE_NUMBER_TO_COME, type PlanReminders } from './outbox'
export { persistMove, persistTogether } from './persist'
export { findCaseRows, loadCase } from './queries'
export { rebuildCases } from './rebuild-cases'
export { createReceiptRoutes } from './receipt-routes'
export { RENEWALS, renewalsFrom, type StoredRenewals } from './renewal'
export { createCaseRoutes } from './routes'
export { createRunDeadlines } from './run-deadlines'
export {
  type FoundCase,
  isRater,
  itemOf,
  ownClaim,
  referenceAt,
  sightOf,
  staffActor,
} from './standing'
export type { CaseTask } from './task'
export { sealText } from './texts'
export { createCopyCases } from './views/copied-cases'
export { viewFormer } from './views/former-view'
export { NOTICED } from './views/objection-view'
export { createFollowFiler } from './whose/follow-filer'
export { createTellNewOwner } from './whose/new-owner'
export { createForgetObjectors } from './writes/forget-objectors'
export { missedSince } from './writes/missed'
export { findPrint } from './writes/prints'
export { actorPart, textsPart } from './writes/statement'

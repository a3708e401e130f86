export { answerContext } from './answer-context'
export { createFilePostRoutes } from './file-posts'
export { removeUnusedUploads } from './remove-unused-uploads'
export { createApplicationRoutes } from './routes'
export {
  copyArrived,
  discardArrived,
  idsAmong,
  locatedMissing,
  type SealedUpload,
  sealUploads,
} from './seal-uploads'
export { serviceOver } from './service-over'
export { commitPromised, copiesPart, sniff } from './uploads'
export {
  agentsOf,
  barsSecond,
  filerConfirmed,
  IS_FIRM_MISNAMED,
  isKnownApplicant,
  isMisnamed,
  OTHER_FIRM_NAME,
  otherFirmNameThan,
  ownersOf,
  registersFormOf,
} from './who-applies'

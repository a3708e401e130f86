/**
 * Of every column that holds something encrypted, the context by which its rows open: table, row and, where a row has several,
 * column. This is the whole list; who encrypts anew with another key goes through it.
 */
export const sealedIn = {
  profile: (profileId: string, column: 'name' | 'idNumber' | 'phone') => `profiles.${profileId}.${column}`,
  secondFactor: (factorId: string) => `second_factors.${factorId}.secret`,
  /** Of a member of staff. */
  staffPhone: (staffId: string) => `staff.${staffId}.phone`,
  /** What a paper on file says. */
  credential: (credentialId: string) => `credentials.${credentialId}`,
  /** What whoever brought it called it. */
  uploadName: (uploadId: string) => `uploads.${uploadId}.name`,
  caseText: (caseId: string, digest: string) => `case_texts.${caseId}.${digest}`,
  reminder: (reminderId: string) => `reminders.${reminderId}`,
  closingReason: (key: string) => `closing_reasons.${key}`,
  ratingComment: (caseId: string) => `ratings.${caseId}.comment`,
} as const

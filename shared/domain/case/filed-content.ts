import type { Answers } from '../application/answers'
import type { Paper } from '../application/validate-materials'
import type { RelationKind } from './whose/barred'

/** The shape in which this version seals what was filed; missing in the JSON it is 1. */
export const CONTENT_SHAPE = 1

/** A relative among the staff, as the applicant declared them. */
export interface Declared {
  readonly staffId: string
  readonly kind: RelationKind
}

/** What was filed: answers, papers, and who the application is for. */
export interface FiledContent {
  readonly shape: typeof CONTENT_SHAPE
  readonly answers: Answers
  readonly papers: readonly Paper[]
  readonly applicantName: string | null
  /** Theirs, where the form asks for none. */
  readonly applicantNumber?: string
  readonly agent: boolean
  /** Relatives among the staff, as they were declared; missing before it was asked. */
  readonly relation?: readonly Declared[]
}

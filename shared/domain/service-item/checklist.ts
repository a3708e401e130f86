/** What officers look at on the spot, point by point (核查清单). */
export interface VisitChecklist {
  /** Whose list it is, in words: no law of the state writes one. */
  readonly source: string
  readonly points: readonly { readonly key: string; readonly text: string }[]
}

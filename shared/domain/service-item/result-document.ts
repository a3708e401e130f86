export interface ResultDocument {
  readonly title: string
  readonly kind: 'certificate' | 'decision' | 'notice' | 'receipt'
  readonly validYears: number | null
  /** Made by the county's own organ, here; missing where it is made beside the product. `prints`: keys of answers. */
  readonly certificate?:
    | {
        readonly prints: readonly string[]
        readonly renewable: boolean
        /** Where another rule than the law's thirty days says until when renewal is asked for, which one it is. */
        readonly renewal?: { readonly askDaysBefore: number; readonly basis: string } | undefined
      }
    | undefined
}

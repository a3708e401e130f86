export interface ResultDocument {
  readonly title: string
  readonly kind: 'certificate' | 'decision' | 'notice' | 'receipt'
  readonly validYears: number | null
  /** Made by the county's own organ, here; missing where it is made beside the product. `prints`: keys of answers. */
  readonly certificate?: { readonly prints: readonly string[]; readonly renewable: boolean } | undefined
}

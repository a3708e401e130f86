/** A permit of one of several organs that handle an application together, each in its own name and number. 行政许可法 第26条 */
export interface ShareDecision {
  /** 水土保持方案审批 */
  readonly name: string
  readonly legalBasis: readonly { readonly law: string; readonly article: string | null }[]
}

/** Each unit on its own, at the same time; a unit waits for those it depends on. */
export interface ParallelOrgan {
  readonly kind: 'parallel'
  readonly unitIds: readonly string[]
  readonly limitDays: Readonly<Record<string, number>>
  readonly dependsOn: Readonly<Record<string, readonly string[]>>
  /** What each unit decides there for itself; missing where they give opinions to who decides, and before it was asked. */
  readonly decides?: Readonly<Record<string, ShareDecision>> | undefined
}

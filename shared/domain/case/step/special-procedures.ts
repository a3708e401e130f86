/** 行政许可法 第45条: the only procedures that are not counted. */
export const SPECIAL_PROCEDURES = {
  hearing: '听证',
  tender: '招标',
  auction: '拍卖',
  inspection: '检验',
  testing: '检测',
  quarantine: '检疫',
  appraisal: '鉴定',
  'expert-review': '专家评审',
} as const
export type SpecialProcedure = keyof typeof SPECIAL_PROCEDURES

/** 因鉴定暂停，预计 37 天 */
export const suspensionWords = ({
  basis,
  expectedDays,
}: {
  readonly basis: SpecialProcedure
  readonly expectedDays: number
}) => `因${SPECIAL_PROCEDURES[basis]}暂停，预计 ${expectedDays} 天`

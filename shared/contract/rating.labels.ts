/** GB/T 39046-2020 A.8 满意度: 1 is best. */
export const SATISFACTION = {
  1: '非常满意',
  2: '满意',
  3: '基本满意',
  4: '不满意',
  5: '非常不满意',
} as const

export const RATING_REASONS = {
  good: ['说得清楚', '办得快', '不用跑', '态度好'],
  bad: ['等得久', '说不清楚', '让我多跑', '要的材料多', '态度不好'],
} as const

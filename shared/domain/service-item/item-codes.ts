/** GB/T 39046-2020 A.1 事项类型, as far as a county's catalogue uses them. */
export const ITEM_TYPES = {
  '01': '行政许可',
  '05': '行政给付',
  '07': '行政确认',
  '10': '其他',
  '20': '公共服务事项',
} as const
export type ItemTypeCode = keyof typeof ITEM_TYPES

/** GB/T 39046-2020 A.2 行使层级, as far as a county's catalogue uses them. */
export const EXERCISE_LEVELS = { '4': '县级', '5': '镇(乡、街道)级', '6': '村(社区)级' } as const
export type ExerciseLevelCode = keyof typeof EXERCISE_LEVELS

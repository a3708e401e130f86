import { shortDayWords } from '../../../ui/words/dates'

/** Of a last day whose year has no calendar yet: the right is not over before, and days off only move it on. */
export const notBeforeWords = (day: string) =>
  `不早于 ${shortDayWords(day)}，碰上放假往后顺延，放假安排公布了再定准`

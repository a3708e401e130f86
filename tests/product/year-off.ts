import { statutoryDays } from '#shared/domain/time-limit/moving-holidays'

/** A year with the days off that the law gives, and no other: what a notice of the State Council has at least. */
export const yearOff = (year: number) => ({
  offDays: [...new Set(statutoryDays(year).map(({ day }): string => day))].sort(),
  workDays: [] as string[],
})

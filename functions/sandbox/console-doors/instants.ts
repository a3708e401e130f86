export const HOUR = 3_600_000

/** An instant as the console writes it, with the county's offset. */
export const shanghai = (milliseconds: number) =>
  `${new Date(milliseconds + 8 * HOUR).toISOString().slice(0, -1)}+08:00`

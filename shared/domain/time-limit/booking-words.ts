interface HalfDay {
  /** `YYYY-MM-DD`, as it comes over the wire. */
  readonly on: string
  readonly half: string
}

interface Told {
  readonly booked?: HalfDay | null
  readonly bookedBefore?: HalfDay | null
  /** Missing in the answer to a filing: nothing is decided there. */
  readonly outcome?: { readonly key: string }
}

/** Before it is granted a half day is asked for, and not agreed. */
export const isAgreed = ({ outcome }: Told) => outcome?.key === 'granted'

/** A half day that nobody has said to stand is asked about once its day has come, or the promised one is past. */
export const isToAskAbout = (told: Told, today: string) =>
  told.booked !== null &&
  told.booked !== undefined &&
  !isAgreed(told) &&
  (told.outcome?.key === 'late' || told.booked.on <= today)

/** 约好 12月8日 上午来; while it is not granted: 约了 12月8日 上午来，还没定下来; once it is past: 约的 12月8日 上午过了，还没定下来. */
export function bookingWords(told: Told, dayWords: (day: string) => string) {
  const { booked, bookedBefore } = told
  if (booked) {
    const when = `${dayWords(booked.on)} ${booked.half}来`
    return isAgreed(told) ? `约好 ${when}` : `约了 ${when}，还没定下来`
  }
  return bookedBefore ? `约的 ${dayWords(bookedBefore.on)} ${bookedBefore.half}过了，还没定下来` : null
}

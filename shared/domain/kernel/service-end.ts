import type { PlainDate } from './plain-date'

/**
 * The county has said until when this app takes applications, that day with it; what was filed goes on to its end. Null: it
 * has not said so. 国办函〔2026〕12号
 */
export const isServiceOver = (endsOn: PlainDate | null, today: PlainDate) => endsOn !== null && today > endsOn

/** Ids, codes, counts and durations only: no names, numbers, tokens, openids or free text. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  /** `cause` is written as its class name and stack, never its message's data. */
  error(event: string, fields?: LogFields, cause?: unknown): void
}

/** What a rule says: a value, or a plain object that names the breach. Rules never throw for what a person did. */
export type Result<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure }

export const ok = <Value>(value: Value): Result<Value, never> => ({ ok: true, value })
export const fail = <const Failure>(error: Failure): Result<never, Failure> => ({ ok: false, error })

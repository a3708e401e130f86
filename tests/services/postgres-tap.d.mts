/** What was sent before a client waited: one statement with its values as text. */
export interface RoundTrip {
  readonly text: string
  readonly values: readonly (string | null)[]
}
export function createPostgresTap(databaseUrl: string): Promise<{
  readonly url: string
  readonly trips: readonly RoundTrip[]
  stop(): Promise<void>
}>

import type { Services } from '../services'

/** What every command gets: the open services, the words behind its name, and where its lines go. */
export interface CommandContext {
  readonly services: Services
  readonly words: readonly string[]
  readonly print: (line: string) => void
}

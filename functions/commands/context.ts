import type { Need } from '../platform/config/environment'
import type { ServicesFor } from '../services'

/** What a command gets: the services that its row names, the words behind its name, and where its lines go. */
export interface CommandContext<Needed extends Need> {
  readonly services: ServicesFor<Needed>
  readonly words: readonly string[]
  readonly print: (line: string) => void
}

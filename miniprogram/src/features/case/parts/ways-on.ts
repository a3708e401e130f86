import type { Trouble } from '../../../platform/api'

interface Way {
  readonly words: string
  readonly onPress: () => void
}

/** What was sent and refused: sending it again, unless somebody acted in between and the page has to be read anew. */
export function waysOn(trouble: Trouble | undefined, send: Way, onNewest: () => void) {
  const newest: Way | undefined =
    trouble?.code === 'case.state-changed' ? { words: '看最新的', onPress: onNewest } : undefined
  return { newest, main: newest ?? send }
}

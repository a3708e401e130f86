/** Begins what a person reads who is confirmed already, and has no more to do than to take the case over. */
export const TAKE_OVER = '批以前要由你接过来'

/** Whether words of `awaitedWords` ask for that alone. */
export const asksTakeover = (words: string | null) => words?.startsWith(TAKE_OVER) ?? false

/** Begins what a person reads who is confirmed already, and has no more to do than to take the case over. */
export const TAKE_OVER = '批以前要由你接过来'

/** Whether words of `awaitedWords` ask for that alone. */
export const asksTakeover = (words: string | null) => words?.startsWith(TAKE_OVER) ?? false

/** Of a line in a list: whether a person is to be seen first, and whether they have only to take it over. */
export const awaitedOf = ({
  personAwaited = false,
  identityAwaited,
}: {
  readonly personAwaited?: boolean | undefined
  readonly identityAwaited: string | null
}) => ({ isIdentityAwaited: personAwaited, isTakeoverAwaited: asksTakeover(identityAwaited) })

/** A JSON pointer (RFC 6901) to the end of `path`; that of the whole is empty. */
export const jsonPointer = (path: readonly PropertyKey[]) =>
  path.map((key) => `/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('')

/** One step further down. */
export const pointerTo = (parent: string, key: string | number) => parent + jsonPointer([key])

/** Makes the compiler name the case that a switch forgot. */
export function exhaustive(value: never): never {
  throw new Error(`unhandled case ${JSON.stringify(value)}`)
}

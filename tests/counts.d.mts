export function countsOf(given: readonly string[], usual: readonly number[]): number[]

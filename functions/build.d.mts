import type { BuildOptions } from 'esbuild'

export const functionSettings: BuildOptions
export function buildFunction(): Promise<unknown>

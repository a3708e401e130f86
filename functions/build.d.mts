import type { BuildOptions } from 'esbuild'

export const functionSettings: BuildOptions & { readonly external: string[] }
export function buildFunction(): Promise<unknown>

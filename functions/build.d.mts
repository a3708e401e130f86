import type { BuildResult } from 'esbuild'

export function buildFunctions(): Promise<BuildResult<{ metafile: true }>>

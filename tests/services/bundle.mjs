import { build } from 'esbuild'

/** Bundles TypeScript that a process of its own shall run, beside node_modules, where its packages are found. */
export async function bundle(entry, name, folder = 'dist/tests') {
  const outfile = `${folder}/${name}.mjs`
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    define: { __VERSION__: JSON.stringify('test') },
    logLevel: 'warning',
  })
  return outfile
}

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** Every file of the house that is kept or about to be, without what is generated. */
export const houseFiles = (): readonly string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && existsSync(file))

export const textOf = (file: string) => readFileSync(file, 'utf8')

const BINARY = /\.(png|jpe?g|webp|ico|woff2?)$/

const DUMPED = /^drizzle\/(.*\/)?meta\/|^tests\/fixtures\/.*\.(sql|json)$/

/** Text that somebody wrote: no lock file, no picture, no generated snapshot, no dump. */
export const writtenFiles = () =>
  houseFiles().filter((file) => !BINARY.test(file) && file !== 'package-lock.json' && !DUMPED.test(file))

/** `file:line` of every line that matches. */
export const linesMatching = (files: readonly string[], pattern: RegExp): readonly string[] =>
  files.flatMap((file) =>
    textOf(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])),
  )

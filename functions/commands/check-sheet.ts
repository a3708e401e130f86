import { readFile } from 'node:fs/promises'
import { digestOf, findPrint } from '../features/case'
import type { CommandContext } from './context'

/** `check-sheet <file>`: whether a PDF went out from here as it is, and of which document. Answers the exit code. */
export async function run({ services, words, print }: CommandContext<'database'>): Promise<number> {
  const [path] = words
  const file = path === undefined ? null : await readFile(path).catch(() => null)
  if (file === null) {
    print('没有这个文件。用法：npm run county -- check-sheet <文书.pdf>')
    return 1
  }
  const found = await findPrint(services.database, digestOf(file))
  if (!found) {
    print('不是从这里打出来的，或者打出来以后改过')
    return 1
  }
  print(`是从这里打出来的：${found.documentNumber}，${found.issuedOn} 签发，${found.printedOn} 第一次打`)
  return 0
}

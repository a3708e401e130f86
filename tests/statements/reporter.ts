import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import ts from 'typescript'
import type { Reporter, TestModule, Vitest } from 'vitest/node'
import { houseFiles, textOf } from '../structure/house'
import { STATEMENTS } from './folder'

/** Shorter pieces stand in many statements, and tell nothing of any. */
const TELLING = 24

const plain = (text: string) => text.replace(/\s+/g, ' ').trim()

/** Of a piece of SQL, tagged or raw, its text. */
function sqlIn(node: ts.Node): ts.TemplateLiteral | ts.StringLiteralLike | undefined {
  if (ts.isTaggedTemplateExpression(node)) return node.tag.getText() === 'sql' ? node.template : undefined
  if (!ts.isCallExpression(node) || node.expression.getText() !== 'sql.raw') return undefined
  const [text] = node.arguments
  return text && (ts.isTemplateLiteral(text) || ts.isStringLiteralLike(text)) ? text : undefined
}

/** The longest piece between two values of each piece of SQL, with the line it begins on. */
function piecesOf(file: string): readonly { readonly line: number; readonly text: string }[] {
  const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true)
  const found: { line: number; text: string }[] = []
  const visit = (node: ts.Node) => {
    const template = sqlIn(node)
    if (template) {
      const texts = ts.isTemplateExpression(template)
        ? [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)]
        : [template.text]
      const [longest = ''] = texts.map(plain).sort((one, other) => other.length - one.length)
      const { line } = source.getLineAndCharacterOfPosition(node.getStart())
      if (longest.length >= TELLING) found.push({ line: line + 1, text: longest })
    }
    node.forEachChild(visit)
  }
  visit(source)
  return found
}

const servers = () =>
  houseFiles().filter(
    (file) =>
      /^functions\/.*\.ts$/.test(file) && !/\.test\.ts$|-fixture\.ts$|\.contract\.ts$|\/schema\//.test(file),
  )

const sent = () =>
  readdirSync(STATEMENTS)
    .flatMap((file) => readFileSync(`${STATEMENTS}/${file}`, 'utf8').split('\0'))
    .map(plain)
    .join('\n')

/** After a whole run of the tests each statement of the server has been prepared against the migrated schema. */
export default class StatementsReporter implements Reporter {
  #isWhole = false
  #allFiles: () => Promise<number> = async () => 0

  onInit(vitest: Vitest) {
    const names = vitest.projects.map(({ name }) => name)
    this.#isWhole =
      names.includes('unit') && names.includes('integration') && vitest.config.testNamePattern === undefined
    this.#allFiles = async () => (await vitest.globTestSpecifications()).length
    rmSync(STATEMENTS, { recursive: true, force: true })
  }

  async onTestRunEnd(modules: readonly TestModule[]) {
    if (!this.#isWhole) return
    // A run that was narrowed to some files sends what they send.
    const isNarrowed = modules.length < (await this.#allFiles())
    if (isNarrowed) return
    const texts = existsSync(STATEMENTS) ? sent() : ''
    const never = servers().flatMap((file) =>
      piecesOf(file)
        .filter(({ text }) => !texts.includes(text))
        .map(({ line, text }) => `${file}:${line}  ${text.slice(0, 80)}`),
    )
    if (never.length === 0) return
    process.stderr.write(`statements that no test has sent:\n${never.join('\n')}\n`)
    process.exitCode = 1
  }
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NodeCompiler, type PdfStandard } from '@myriaddreamin/typst-ts-node-compiler'
import { type Printing, type Sheet, type Slip, Unprintable } from '../ports/printing'

interface Fonts {
  /** Where the checkout's own assets lie. */
  readonly assets: string
  /** A folder with fonts that the county has a licence for; null where it has none. */
  readonly folder: string | null
}

/** By GB/T 9704 the county's own, where its folder has them; a character that one lacks comes from the next. */
const FACES = {
  body: ['仿宋_GB2312', 'FangSong_GB2312', 'FandolFang R', 'Noto Serif CJK SC'],
  head: ['方正小标宋简体', 'FZXiaoBiaoSong-B05S', 'Noto Serif CJK SC'],
  page: ['Noto Serif CJK SC'],
  slip: ['Noto Sans CJK SC', 'Noto Serif CJK SC'],
}

const SEAL = '盖章处'

/** Each template by what it sets. */
const TEMPLATES = { paper: 'official.typ', certificate: 'certificate.typ', slip: 'receipt.typ' } as const

const NO_GLYPH = /could not be displayed|no font|missing glyph/i

/** The only compiler of the process: each keeps 30 MB. */
function createCompiler({ assets, folder }: Fonts) {
  const fontPaths = [...(folder === null ? [] : [folder]), join(assets, 'fonts')]
  return NodeCompiler.create({ workspace: join(assets, 'papers'), fontArgs: [{ fontPaths }] })
}

type Printed = Sheet | (Slip & { readonly width: string })

const settingsOf = ({ issuedOn }: Printed) => ({
  // Of an enumeration that is there for the compiler alone.
  pdfStandard: 'a-2b' as PdfStandard,
  creationTimestamp: Date.parse(issuedOn) / 1000,
})

const dataOf = ({ issuedOn, ...paper }: Printed) => ({
  ...paper,
  date: issuedOn.split('-').map(Number),
  fonts: FACES,
  seal: SEAL,
})

const charactersOf = ({ title, number, recipient, paragraphs, organ, day, certificate }: Sheet) =>
  [
    ...[title, number, recipient, ...paragraphs, organ, day],
    ...(certificate?.rows ?? []).flatMap(({ label, text }) => [label, text]),
  ].join('')

const charactersOfSlip = ({ title, place, rows, numberLabel, number, notes, scan }: Slip) =>
  [
    scan?.words ?? null,
    title,
    place,
    ...rows.flatMap(({ label, lines }) => [label, ...lines]),
    numberLabel,
    number,
    ...notes,
  ].join('')

/** Half a character, a control, what each font draws as it likes: none has a form that two readers would agree on. */
const FORMLESS = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}]/u

/** Papers by Typst. A sheet takes some ten milliseconds, in which the process does nothing else: one after the other. */
export async function createTypst(fonts: Fonts): Promise<Printing> {
  const compiler = createCompiler(fonts)
  const folder = join(fonts.assets, 'papers')
  for (const template of Object.values(TEMPLATES)) await readFile(join(folder, template))
  const print = (template: keyof typeof TEMPLATES, paper: Printed, characters: string) => {
    if (FORMLESS.test(characters)) throw new Unprintable()
    const mainFilePath = join(folder, TEMPLATES[template])
    compiler.mapShadow(join(folder, 'paper.json'), Buffer.from(JSON.stringify(dataOf(paper))))
    try {
      return new Uint8Array(compiler.pdf({ mainFilePath }, settingsOf(paper)))
    } catch (cause) {
      // What the engine says names the character, and stands beside the words of the paper.
      const said = cause instanceof Error ? cause.message : ''
      throw NO_GLYPH.test(said) ? new Unprintable() : new Error('the paper could not be set')
    } finally {
      compiler.evictCache(0)
    }
  }
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = (...paper: Parameters<typeof print>) => {
    const printed = last.then(() => print(...paper))
    // A turn of the loop lets go of what the engine has kept.
    last = printed.catch(() => undefined).then(() => new Promise(setImmediate))
    return printed
  }
  return {
    pdf: (paper) => inTurn(paper.certificate ? 'certificate' : 'paper', paper, charactersOf(paper)),
    slip: (slip, width) => inTurn('slip', { ...slip, width }, charactersOfSlip(slip)),
  }
}

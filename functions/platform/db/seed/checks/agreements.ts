import {
  AGREEMENT_KINDS,
  type Agreement,
  type AgreementKind,
  faultsOfSuccession,
  type SuccessionFault,
} from '#shared/domain/account/agreements'
import type { Pack, PackFault } from '../pack-schema'
import { canonical } from '../row-changes'
import type { Lookups } from './lookups'

const FILE = 'agreements.json'
const NAMES: Readonly<Record<AgreementKind, string>> = { service: '服务协议', privacy: '隐私保护说明' }

const WORDS: Readonly<Record<SuccessionFault['fault'], { readonly path: string; readonly words: string }>> = {
  'text-changed': { path: '', words: '已经给人看过，一个字也不能改：另写一版' },
  'version-dropped': { path: '', words: '已经给人看过，不能拿掉：人家同意的是哪一版，以后还要查' },
  'version-gap': { path: '/version', words: '版次要从 1 起一版一版往上数，不重不漏' },
  'day-before-last': { path: '/effectiveOn', words: '要在上一版之后才起用' },
  'changes-untold': { path: '/changes', words: '第 1 版不写改了什么，以后每一版都要写' },
}

const told = ({ kind, version, at, fault }: SuccessionFault): PackFault => ({
  file: FILE,
  path: at === null ? '' : `/${at}${WORDS[fault].path}`,
  fault: `${NAMES[kind]}第 ${version} 版：${WORDS[fault].words}`,
})

/** The texts without the mark of a sample: who has it looked at may take the mark off, and no word has changed. */
export const textsOf = ({ agreements }: Pick<Pack, 'agreements'>): readonly Agreement[] =>
  agreements.map(({ demo: _mark, ...text }) => text)

/** What is wrong with what a county lays before its residents, after what it has laid before them already. */
export const faultsOfAgreements = (before: readonly Agreement[], next: readonly Agreement[]) =>
  faultsOfSuccession(before, next, (a, b) => canonical(a) === canonical(b)).map(told)

/** Nobody may be asked for anything that nobody has explained: a pack has both. 个人信息保护法 第17条 */
export function checkAgreements({ pack, in: inFile }: Lookups) {
  const check = inFile(FILE)
  for (const kind of AGREEMENT_KINDS)
    check(
      pack.agreements.some((each) => each.kind === kind),
      '',
      `缺${NAMES[kind]}`,
    )
  for (const { path, fault } of faultsOfAgreements([], pack.agreements)) check(false, path, fault)
  pack.agreements.forEach(({ kind, data }, at) => {
    check(kind !== 'privacy' || data.length > 0, `/${at}/data`, '隐私保护说明要写明用到哪些信息')
  })
}

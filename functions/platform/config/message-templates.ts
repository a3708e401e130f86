import { CONSENT_TEMPLATES, FOLLOWER_TEMPLATES, WORK_TEMPLATES } from '#shared/domain/reminder/templates'
import type { MessageTemplates } from '../ports/message-templates'

interface Entry {
  readonly name: string
  readonly id: string
  /** Our keyword -> theirs; empty where theirs has none for it. */
  readonly keywords: ReadonlyMap<string, string>
}

const NAMES: readonly string[] = [...Object.keys(CONSENT_TEMPLATES), ...Object.keys(WORK_TEMPLATES)]
/** A county whose official account has none sends none by it. */
const OPTIONAL: readonly string[] = Object.values(FOLLOWER_TEMPLATES)
const ENTRY = /^[\w-]+:[\w-]{10,}(:[a-z_]+\d+=([a-z_]+\d+)?)*$/

const kindOf = (keyword: string) => keyword.replace(/\d+$/, '')

function readEntry(text: string): Entry {
  const [name = '', id = '', ...pairs] = text.split(':')
  const keywords = new Map(
    pairs.map((pair) => {
      const [ours = '', theirs = ''] = pair.split('=')
      return [ours, theirs] as const
    }),
  )
  return { name, id, keywords }
}

const entriesOf = (text: string) => text.split(',').map(readEntry)

/** What is wrong with `WECHAT_TEMPLATES`; null where nothing is. */
export function templatesFault(text: string): string | null {
  if (!text.split(',').every((entry) => ENTRY.test(entry))) {
    return 'expected <our name>:<id at WeChat>[:<our keyword>=<theirs>…], one after each comma'
  }
  const entries = entriesOf(text)
  const names = entries.map(({ name }) => name)
  const unknown = names.filter((name) => ![...NAMES, ...OPTIONAL].includes(name))
  const missing = NAMES.filter((name) => !names.includes(name))
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  // The kind of a keyword says how long its value may be: another kind would be refused by WeChat.
  const unlike = entries.flatMap(({ name, keywords }) =>
    [...keywords]
      .filter(([ours, theirs]) => theirs !== '' && kindOf(ours) !== kindOf(theirs))
      .map(([ours, theirs]) => `${name} ${ours}=${theirs}`),
  )
  const faults = [
    unknown.length > 0 ? `no template of the product: ${unknown.join(', ')}` : '',
    missing.length > 0 ? `missing: ${missing.join(', ')}` : '',
    twice.length > 0 ? `twice: ${twice.join(', ')}` : '',
    unlike.length > 0 ? `keywords of another kind: ${unlike.join(', ')}` : '',
  ].filter(Boolean)
  return faults.length > 0 ? faults.join('; ') : null
}

/** The templates of the accounts; without a setting they are called as the product calls them. */
export function readMessageTemplates(text: string | undefined): MessageTemplates {
  const entries = text === undefined ? [] : entriesOf(text)
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return {
    has: (name) => text === undefined || byName.has(name),
    idOf: (name) => byName.get(name)?.id ?? name,
    nameOf: (id) => byId.get(id)?.name ?? id,
    dataOf: (name, data) => {
      const keywords = byName.get(name)?.keywords ?? new Map<string, string>()
      return Object.fromEntries(
        Object.entries(data).flatMap(([ours, value]) => {
          const theirs = keywords.get(ours) ?? ours
          return theirs === '' ? [] : [[theirs, value]]
        }),
      )
    },
  }
}

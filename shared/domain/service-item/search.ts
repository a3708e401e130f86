/** What the search knows of an item. `pinyin`, where the server worked it out: the syllables of each phrase. */
export interface SearchEntry {
  readonly id: string
  readonly plainName: string
  readonly name: string
  readonly keywords: readonly string[]
  readonly pinyin?: readonly (readonly string[])[]
}

export interface SearchHit {
  readonly id: string
  /** The name or keyword that matched best. */
  readonly why: string
}

interface Phrase {
  readonly entry: number
  readonly text: string
  /** The text as it is compared. */
  readonly plain: string
  /** Names count a little more than keywords. */
  readonly rank: number
  readonly weight: number
}

/** Read through `search` only. */
export interface SearchIndex {
  readonly ids: readonly string[]
  readonly phrases: readonly Phrase[]
  /** Phrases that hold a character or a pair of neighbours, by that text. */
  readonly postings: ReadonlyMap<string, readonly number[]>
  /** Full pinyin and initials of each phrase, `gao|ling` and `gl`. */
  readonly pinyin: readonly {
    readonly phrase: number
    readonly syllables: string
    readonly initials: string
  }[]
}

const LONGEST_QUERY = 60
const HITS = 50

const RANK_OF_PLAIN_NAME = 1.1
const RANK_OF_NAME = 1.05
const RANK_OF_KEYWORD = 1

const EXACT = 10
const PHRASE_HOLDS_QUERY = 1.2
const QUERY_HOLDS_PHRASE = 0.8
const COVERAGE = 0.5
/** Below it a likeness is chance: one pair of characters out of four or so. */
const LEAST_LIKENESS = 0.3
const LEAST_COVERAGE = 0.6

/** Lower case, half width, without blanks and punctuation. */
const plainText = (text: string) =>
  text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

// Words that say only that somebody wants something.
const FILLERS =
  /^(?:我想要?|我要|想要?|怎么|如何|哪里|去哪|帮我)+|(?:怎么办理?|怎么弄|怎么领|在哪办?|哪里办|办理)$/g

/** Its characters and pairs of neighbours; a pair says more than both of its characters. */
function gramsOf(text: string): ReadonlyMap<string, number> {
  const characters = [...text]
  const grams = new Map<string, number>()
  characters.forEach((character, at) => {
    grams.set(character, 1)
    const next = characters[at + 1]
    if (next !== undefined) grams.set(character + next, 3)
  })
  return grams
}

const phrasesOf = (entry: SearchEntry): readonly (readonly [text: string, rank: number])[] => [
  [entry.plainName, RANK_OF_PLAIN_NAME],
  [entry.name, RANK_OF_NAME],
  ...entry.keywords.map((keyword) => [keyword, RANK_OF_KEYWORD] as const),
]

/** Builds the index of a catalogue; `pinyin` of an entry follows the order plain name, name, keywords. */
export function createSearchIndex(entries: readonly SearchEntry[]): SearchIndex {
  const phrases: Phrase[] = []
  const postings = new Map<string, number[]>()
  const pinyin: { phrase: number; syllables: string; initials: string }[] = []
  entries.forEach((entry, at) => {
    phrasesOf(entry).forEach(([text, rank], order) => {
      const plain = plainText(text)
      const phrase = phrases.length
      let weight = 0
      for (const [gram, gramWeight] of gramsOf(plain)) {
        weight += gramWeight
        const posting = postings.get(gram)
        if (posting) posting.push(phrase)
        else postings.set(gram, [phrase])
      }
      phrases.push({ entry: at, text, plain, rank, weight })
      const syllables = entry.pinyin?.[order]
      if (syllables?.length) {
        const initials = syllables.map((syllable) => syllable.charAt(0)).join('')
        pinyin.push({ phrase, syllables: `|${syllables.join('|')}|`, initials })
      }
    })
  })
  return { ids: entries.map(({ id }) => id), phrases, postings, pinyin }
}

interface Likeness {
  /** Weight of the grams that query and phrase share. */
  readonly byPhrase: ReadonlyMap<number, number>
  /** Weight of the query's grams found in any phrase of the entry. */
  readonly byEntry: ReadonlyMap<number, number>
  readonly queryWeight: number
}

const add = (sums: Map<number, number>, key: number, weight: number) =>
  sums.set(key, (sums.get(key) ?? 0) + weight)

function compare(index: SearchIndex, query: string): Likeness {
  const byPhrase = new Map<number, number>()
  const byEntry = new Map<number, number>()
  let queryWeight = 0
  for (const [gram, weight] of gramsOf(query)) {
    queryWeight += weight
    let last = -1
    for (const phrase of index.postings.get(gram) ?? []) {
      add(byPhrase, phrase, weight)
      const entry = index.phrases[phrase]?.entry ?? -1
      // Phrases of one entry stand together in a posting list.
      if (entry !== last) add(byEntry, entry, weight)
      last = entry
    }
  }
  return { byPhrase, byEntry, queryWeight }
}

/** 0 when the phrase is not like the query; names and whole matches come out on top. */
function scoreOf(phrase: Phrase, shared: number, query: string, { byEntry, queryWeight }: Likeness) {
  if (phrase.plain === query) return EXACT * phrase.rank
  const likeness = (2 * shared) / (queryWeight + phrase.weight)
  const coverage = (byEntry.get(phrase.entry) ?? 0) / queryWeight
  let score = likeness + COVERAGE * coverage
  if (phrase.plain.includes(query)) score += PHRASE_HOLDS_QUERY
  else if (phrase.plain.length > 1 && query.includes(phrase.plain)) score += QUERY_HOLDS_PHRASE
  else if (likeness < LEAST_LIKENESS && coverage < LEAST_COVERAGE) return 0
  return score * phrase.rank
}

function scoreOfPinyin(syllables: string, initials: string, query: string) {
  const joined = syllables.split('|').join('')
  if (joined === query || initials === query) return EXACT
  if (query.length < 2) return 0
  // From the start of a syllable on; the last one may be typed in part.
  for (let at = syllables.indexOf('|'); at < syllables.length - 1; at = syllables.indexOf('|', at + 1)) {
    if (syllables.slice(at).split('|').join('').startsWith(query)) return PHRASE_HOLDS_QUERY
  }
  return initials.includes(query) ? 1 : 0
}

interface Best {
  readonly entry: number
  score: number
  phrase: Phrase
}

function rankByPinyin(index: SearchIndex, query: string, offer: (phrase: Phrase, score: number) => void) {
  for (const { phrase, syllables, initials } of index.pinyin) {
    const found = index.phrases[phrase]
    if (found) offer(found, scoreOfPinyin(syllables, initials, query) * found.rank)
  }
}

/**
 * Items for what somebody typed, best first, with the name or keyword that matched. Bears slips and other word orders
 * by comparing characters and pairs of neighbours; latin letters are compared with pinyin where the index has it.
 * A query that is like nothing finds nothing.
 */
export function search(index: SearchIndex, query: string): readonly SearchHit[] {
  const whole = plainText(query.slice(0, LONGEST_QUERY))
  const text = whole.replace(FILLERS, '') || whole
  if (text === '') return []
  const best = new Map<number, Best>()
  const offer = (phrase: Phrase, score: number) => {
    if (score <= 0) return
    const found = best.get(phrase.entry)
    if (!found) best.set(phrase.entry, { entry: phrase.entry, score, phrase })
    else if (score > found.score) Object.assign(found, { score, phrase })
  }
  const likeness = compare(index, text)
  for (const [at, shared] of likeness.byPhrase) {
    const phrase = index.phrases[at]
    if (phrase) offer(phrase, scoreOf(phrase, shared, text, likeness))
  }
  if (/^[a-z]+$/.test(text)) rankByPinyin(index, text, offer)
  return [...best.values()]
    .sort((left, right) => right.score - left.score || left.entry - right.entry)
    .slice(0, HITS)
    .map(({ entry, phrase }) => ({ id: index.ids[entry] ?? '', why: phrase.text }))
}

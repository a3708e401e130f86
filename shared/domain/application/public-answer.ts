import { blotted, numbersIn, type Span } from '../kernel/public-numbers'
import type { Field, ServiceItem } from '../service-item/item'
import type { Answer, AnswerByKind, Answers } from './answers'
import { type AnswerLabels, describeAnswer } from './describe-answer'
import { applicantFieldsOf } from './item-answers'

/** What is named in a row beside a number of its own: whoever the row is about. */
function namesInRows(item: Pick<ServiceItem, 'fields'>, answers: Answers): readonly string[] {
  return item.fields.flatMap((field) => {
    const rows = answers[field.key]
    if (field.kind !== 'table' || rows === undefined) return []
    if (!field.columns.some(({ kind }) => kind === 'idcard')) return []
    const named = field.columns.filter(({ kind }) => kind === 'text')
    const written = (rows as AnswerByKind['table']).flatMap((row) => named.map(({ key }) => row[key]))
    return written.filter((name) => typeof name === 'string')
  })
}

/** Blanks and dots that stand in a name on one paper and not on the other. */
const GAPS = /[\s·•・.．]/g

interface Named {
  readonly answers: Answers
  readonly applicantName: string | null
  /** Names of villages and towns: what holds one is no name of a person, whoever wrote it as theirs. */
  readonly places: readonly string[]
}

/** Whom a text must not name; `places`: names of villages and towns in which one of theirs stands. */
export interface People {
  readonly names: readonly string[]
  readonly places: readonly string[]
}

/** The people whom an application names: a notice is put up of a thing, and names none of them. 个人信息保护法 第6条 */
export function namesIn(
  item: Pick<ServiceItem, 'fields'>,
  { answers, applicantName, places }: Named,
): People {
  const isPerson = applicantFieldsOf(item).kind === 'person'
  const written = [...(isPerson && applicantName ? [applicantName] : []), ...namesInRows(item, answers)]
  const names = written
    .map((name) => name.replace(GAPS, ''))
    .filter((name) => name.length > 1 && !places.some((place) => name.includes(place)))
  return { names, places: places.filter((place) => names.some((name) => place.includes(name))) }
}

const NOBODY = '某某'
const NO_NUMBER = '（号码不公示）'

/** A piece of an answer; `instead`: what hangs in its place, null where it hangs as it is. */
export interface PublicPart {
  readonly text: string
  readonly instead: string | null
}

const escaped = (words: string) => words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** What can be said of a longer name is not left behind by a shorter one in it. */
function namesAt(text: string, names: readonly string[]): readonly Span[] {
  if (names.length === 0) return []
  const longestFirst = [...names].sort((left, right) => right.length - left.length)
  const written = longestFirst.map((name) => [...name].map(escaped).join('[\\s·•・.．]{0,3}'))
  const found: Span[] = []
  text.replace(new RegExp(written.join('|'), 'g'), (name, from: number) => {
    found.push({ from, to: from + name.length })
    return ''
  })
  return found
}

/** 万全村 is where it is, whoever is called 万全. */
const peopleAt = (text: string, { names, places }: People) =>
  namesAt(blotted(text, namesAt(text, places)), names)

/** Whether words that hang would name one of them. */
export const namesAnyone = (words: string, named: People) => peopleAt(words, named).length > 0

/**
 * An answer as everybody reads it where it hangs, piece by piece: without the people whom the application names and without
 * what `numbersIn` knows for somebody's number. Whoever publishes it sees both, and may write it better (ADR 0077). There is
 * no map beside it.
 */
export function publicParts(
  field: Field,
  answer: Answer | undefined,
  labels: AnswerLabels,
  named: People,
): readonly PublicPart[] {
  const shown =
    field.kind === 'location' && answer !== undefined
      ? { address: (answer as AnswerByKind['location']).address }
      : answer
  const text = describeAnswer(field, shown, labels, { unmasked: !field.sensitive })
  const people = peopleAt(text, named)
  // A name may end in a digit: 王五13900001234.
  const out = [
    ...numbersIn(blotted(text, people)).map((span) => ({ ...span, instead: NO_NUMBER })),
    ...people.map((span) => ({ ...span, instead: NOBODY })),
  ].sort((left, right) => left.from - right.from)
  const parts: PublicPart[] = []
  let done = 0
  for (const { from, to, instead } of out) {
    if (from < done) continue
    parts.push({ text: text.slice(done, from), instead: null }, { text: text.slice(from, to), instead })
    done = to
  }
  return [...parts, { text: text.slice(done), instead: null }].filter((part) => part.text !== '')
}

/** As it hangs, in one; empty where nothing is written. */
export const hanging = (parts: readonly PublicPart[]) =>
  parts.map(({ text, instead }) => instead ?? text).join('')

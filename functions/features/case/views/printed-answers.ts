import { hanging, namesIn, type PublicPart, publicParts } from '#shared/domain/application/public-answer'
import type { FiledContent } from '#shared/domain/case/filed-content'
import type { IssuedParagraph } from '#shared/domain/case/paper/issued-words'
import { answerLabels } from '../answer-labels'
import { openContent } from '../texts'
import { type Subject, textOf } from './subject'

/** The answers of a notice, by the content that stood when it was published. */
export type Printed = NonNullable<IssuedParagraph['answers']>

export const contentThen = ({ caseRow, content, read, cipher, state }: Subject, digest: string) =>
  digest === state.answersDigest ? content : openContent(cipher, caseRow.id, read.texts, digest)

/** The people whom this content names; what holds the name of a village or a town is a place. */
export function namedIn(
  { item, reference }: Pick<Subject, 'item' | 'reference'>,
  content: Pick<FiledContent, 'answers' | 'applicantName'>,
) {
  const places = [...reference.units.values()].flatMap(({ kind, name }) =>
    kind === 'village' || kind === 'town' ? [name] : [],
  )
  return namesIn(item, { ...content, places })
}

interface PrintedAnswer {
  readonly key: string
  readonly label: string
  /** As it hangs. */
  readonly words: string
  /** What was typed, and what of it no rule lets hang. */
  readonly parts: readonly PublicPart[]
}

/**
 * What everybody reads of answers: in the words of whoever published them, else as typed, without the people whom the application
 * named then and without numbers. What the application names today changes nothing of what hung.
 */
export function printedAnswers(
  subject: Subject,
  { digest, keys, told = [] }: Printed,
): readonly PrintedAnswer[] {
  const { item, reference } = subject
  const then = contentThen(subject, digest)
  const named = namedIn(subject, then)
  return keys.flatMap((key) => {
    const field = item.fields.find((each) => each.key === key)
    if (!field) return []
    const parts = publicParts(field, then.answers[key], answerLabels(reference), named)
    const own = told.find((each) => each.key === key)
    const words = own ? (textOf(subject, own.digest) ?? '') : hanging(parts)
    return [{ key, label: field.label.replace(/（.+）$/, ''), words, parts }]
  })
}

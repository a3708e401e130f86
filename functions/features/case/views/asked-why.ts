import { saidByUnit } from '#shared/domain/case/correction/asked'
import type { CorrectionItem } from '#shared/domain/case/state'
import { organName } from '#shared/domain/organization/registry'
import { type Subject, textOf } from './subject'

/** Why a notice asks for something, and what each department wrote where the notice says it otherwise: as its paper has it. */
export const askedWhy = (subject: Subject, { reasonDigest, asked = [] }: CorrectionItem): string =>
  [
    textOf(subject, reasonDigest),
    ...asked.map((said) => {
      const words = textOf(subject, said.reasonDigest)
      return words && saidByUnit(organName(subject.reference, said.unitId)) + words
    }),
  ]
    .filter(Boolean)
    .join('；')

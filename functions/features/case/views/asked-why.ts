import { saidByUnit } from '#shared/domain/case/correction/asked'
import type { CorrectionItem } from '#shared/domain/case/state'
import { noticeReason } from '#shared/domain/case/step/approvals'
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

/** Why the whole notice was given: staff read what its signer wrote, whoever applied what their notice says. */
export const noticeWhy = (subject: Subject, event: Parameters<typeof noticeReason>[1]) =>
  textOf(subject, subject.viewer === 'staff' ? event.reasonDigest : noticeReason(subject.state, event))

import type { AnswerLabels } from '#shared/domain/application/describe-answer'
import type { Reference } from '../service-item'

const nameIn = (list: readonly { readonly code: string; readonly name: string }[]) => {
  const names = new Map(list.map(({ code, name }) => [code, name]))
  return (code: string) => names.get(code)
}

/** The county's names for the codes that answers hold. */
export const answerLabels = (reference: Reference): AnswerLabels => ({
  village: (code) => {
    const village = reference.units.get(code)
    const town = village?.parentId ? reference.units.get(village.parentId) : undefined
    return village && `${town?.name ?? ''}${village.name}`
  },
  region: nameIn(reference.fact('regions')),
  scope: nameIn(reference.fact('business-scopes')),
  policy: nameIn(reference.fact('policies')),
})

import type { CaseView } from '#shared/contract/case'

type Document = Pick<CaseView['documents'][number], 'title' | 'organName'>

/** By its title; of several organs that have each given one of that title, by whose it is too. */
export const documentName = ({ title, organName }: Document, all: readonly Document[]) =>
  all.some((each) => each.title === title && each.organName !== organName) ? `${organName}的${title}` : title

const NUMBER = '办件编号'

export const numberLine = (caseNumber: string) => `${NUMBER} ${caseNumber}`

/** What is read of a message: the page of the case that it opens has the number. */
export const linesToRead = (lines: readonly string[], page: string) =>
  page.startsWith('features/case/') ? lines.filter((line) => !line.startsWith(`${NUMBER} `)) : lines

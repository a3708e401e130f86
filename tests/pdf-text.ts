import { extractText, getDocumentProxy } from 'unpdf'

/** The words of each page of a PDF in their order, without spaces and ends of lines. */
export async function pagesOfPdf(file: Uint8Array): Promise<readonly string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(file)), { mergePages: false })
  return text.map((each) => each.replace(/\s/g, ''))
}

/** The words of all pages, without the numbers at their feet. */
export const wordsOfPdf = async (file: Uint8Array) =>
  (await pagesOfPdf(file)).map((page) => page.replace(/—\d+—$/, '')).join('')

/** The dots that stand for the one of 阿卜杜·热合曼, whichever a keyboard gives. */
const DOTS = /(\p{Script=Han}) ?[·・•‧∙⋅ꞏ⸱⸳.] ?(?=\p{Script=Han})/gu

/**
 * 姓名 as it is kept and compared, however it was typed: full-width letters and blanks are the plain ones, and neither
 * Chinese characters nor the dot of 阿卜杜·热合曼 have blanks beside them. Other names keep one blank between their words.
 */
export const personName = (typed: string) =>
  typed
    .normalize('NFKC')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(DOTS, '$1·')
    .replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, '$1')
    .replace(/ ?· ?/g, '·')

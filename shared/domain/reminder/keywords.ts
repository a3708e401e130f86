// "订阅消息参数值内容限制" of WeChat: a value beyond them is refused with 47003, and the message never goes out.
export const THING_LENGTH = 20
const PHRASE_LENGTH = 5
const STRING_LENGTH = 32

/** WeChat refuses line breaks and pictograms, and empty values. */
const clean = (text: string) =>
  text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/\p{Extended_Pictographic}|\u200d|\ufe0f/gu, '')
    .trim()

function cut(text: string, length: number) {
  const characters = [...text]
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`
}

/** `thing`: up to 20 characters, cut with an ellipsis; `无` for nothing. */
export const thing = (text: string) => cut(clean(text) || '无', THING_LENGTH)

/** A `thing` whose end is never cut. */
export function thingWith(text: string, end: string) {
  return `${cut(clean(text), THING_LENGTH - [...end].length)}${end}`
}

/** `phrase`: up to 5 Chinese characters and nothing else. */
export const phrase = (text: string) =>
  [...text]
    .filter((character) => /\p{Script=Han}/u.test(character))
    .slice(0, PHRASE_LENGTH)
    .join('') || '无'

/** `character_string`: up to 32 characters, none of them Chinese. */
export const characterString = (text: string) =>
  [...clean(text)]
    .filter((character) => !/\p{Script=Han}/u.test(character))
    .slice(0, STRING_LENGTH)
    .join('') || '--'

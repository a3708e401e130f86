/** How the county's accounts at WeChat call the message templates of the product. */
export interface MessageTemplates {
  /** Whether the accounts have it: what tells followers of the official account need not be there. */
  has(name: string): boolean
  /** WeChat's id of one of ours. */
  idOf(name: string): string
  /** Our name of one of WeChat's ids; an id that is none of them stays as it is. */
  nameOf(id: string): string
  /** Our keywords and their values, under the keywords that the account's template has. */
  dataOf(name: string, data: Readonly<Record<string, string>>): Readonly<Record<string, string>>
}

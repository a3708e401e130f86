/** Encrypts personal data field by field and lets it be found by equality alone. */
export interface Cipher {
  /** `context` names table, column and row: a value moved to another place does not open. */
  encrypt(plain: string, context: string): string
  /** Throws when the text was altered, moved or written with a key that is gone. */
  decrypt(sealed: string, context: string): string
  /** A keyed digest for equality search; `kind` keeps a phone from matching a number of another kind. */
  blindIndex(kind: BlindIndexKind, value: string): string
  /** A keyed digest by which events name a text that stands elsewhere. */
  digest(text: string): string
  /**
   * 256 bits as base64url, the same for the same `context` (table, column and row) for ever: a token that is made again
   * when it must be answered again, and so is kept nowhere.
   */
  deriveSecret(context: string): string
}

type BlindIndexKind =
  | 'id-number'
  | 'phone'
  | 'credit-code'
  | 'duplicate-key'
  | 'identity'
  | 'name-part'
  | 'wechat'
  | 'certificate'

/**
 * Keyed digest of a name with its ID number: what is confirmed is that both belong to one person, and neither alone.
 * Blanks in a name are typed in many ways and say nothing.
 */
export const identityIndexOf = (cipher: Cipher, name: string, idNumber: string) =>
  cipher.blindIndex('identity', `${name.replace(/\s/g, '')}\n${idNumber.toUpperCase()}`)

/** Keyed digest of a WeChat account: it is the same when its person closes their account here and registers anew. */
export const wechatIndexOf = (
  cipher: Pick<Cipher, 'blindIndex'>,
  { appid, openid }: { readonly appid: string; readonly openid: string },
) => cipher.blindIndex('wechat', `${appid}:${openid}`)

/** Keyed digest of the code of a certificate: a copy of the table opens none. */
export const certificateIndexOf = (cipher: Pick<Cipher, 'blindIndex'>, code: string) =>
  cipher.blindIndex('certificate', code)

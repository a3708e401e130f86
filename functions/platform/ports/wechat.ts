/** The county's two accounts at WeChat, in the office's words. */
export interface Wechat {
  /** A login code works once, for five minutes. */
  exchangeLogin(code: string): Promise<LoginExchange>
  /** A phone code is another code than the login's, also for one use. */
  exchangePhone(code: string): Promise<PhoneExchange>
  /** Sends one reminder; never throws for what WeChat answered, only for defects. */
  sendReminder(message: OutgoingReminder): Promise<SendOutcome>
  /** Replaces the official account's menu. */
  setMenu(buttons: readonly MenuButton[]): Promise<void>
  /** The person in the official account, for matching by unionid; undefined when they do not follow it. */
  findFollower(openid: string): Promise<{ readonly unionid: string | null } | undefined>
  /**
   * Hands over those who follow the official account and have a unionid, a hundred at most at a time, from behind one of them on. Answers
   * the one to go on behind; null after the last.
   */
  listFollowers(
    after: string | null,
    each: (some: readonly Follower[]) => Promise<void>,
  ): Promise<string | null>
  /**
   * An address that opens a page of the mini program, with its query, from a message or a browser, for so many days (30 at
   * most); undefined when WeChat gives none now.
   */
  linkTo(page: string, days: number): Promise<string | undefined>
}

export type LoginExchange =
  | {
      readonly kind: 'person'
      readonly appid: string
      readonly openid: string
      readonly unionid: string | null
    }
  /** Unknown, too old, or used before: the client asks WeChat for another. */
  | { readonly kind: 'code-invalid' }
  /** WeChat blocks the person as high risk: an offline way must be shown. */
  | { readonly kind: 'blocked' }
  /** WeChat did not answer: the same code must not be tried again. */
  | { readonly kind: 'unavailable' }

export type PhoneExchange =
  | { readonly kind: 'phone'; readonly phone: string }
  | { readonly kind: 'code-invalid' }
  | { readonly kind: 'unavailable' }

export interface Follower {
  /** Of the official account. */
  readonly openid: string
  readonly unionid: string
}

export interface OutgoingReminder {
  /** Our id of the message, also WeChat's `client_msg_id`: the same id within ten minutes is delivered once. */
  readonly id: string
  /** `subscribe`: one-time consent of a resident; `relation`: employee message; `template`: official account. */
  readonly channel: 'subscribe' | 'relation' | 'template'
  readonly openid: string
  readonly templateId: string
  /** A page of the mini program without leading slash, with its query. */
  readonly page: string
  /** Template keyword -> value, already within the limits of its type. */
  readonly data: Readonly<Record<string, string>>
}

/** No consent is left, or it is switched off; no employee of the mini program; no follower of the official account. */
export type Refusal = 'no-consent' | 'not-bound' | 'not-following'

export type SendOutcome =
  | { readonly kind: 'sent'; readonly messageId: string | null }
  /** The person does not take messages by this channel, or not this one: none goes out by it. */
  | { readonly kind: 'refused'; readonly because: Refusal }
  /** This message will never go out: wrong openid, field, template. `code` is WeChat's errcode. */
  | { readonly kind: 'rejected'; readonly code: number }
  /** Surely not sent; try again, not before `retryAfterSeconds`. */
  | { readonly kind: 'retry'; readonly retryAfterSeconds: number; readonly code: number | null }
  /** Nobody knows whether it went out: the answer was lost. */
  | { readonly kind: 'unknown' }

export type MenuButton =
  | { readonly name: string; readonly page: string }
  | { readonly name: string; readonly url: string }
  | { readonly name: string; readonly buttons: readonly Exclude<MenuButton, { buttons: unknown }>[] }

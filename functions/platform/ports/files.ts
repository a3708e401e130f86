import type { Instant } from '#shared/domain/kernel/plain-date'

/** How long a form may be posted, counted from when it was promised. */
export const FORM_SECONDS = 600

/** A form that lets a browser or wx.uploadFile post one file, without any other credential. */
export interface PostForm {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

/** What a form is made of. */
export interface PromisedFile {
  readonly key: string
  readonly contentType: string
  readonly maxBytes: number
  readonly promisedAt: Instant
}

export interface Files {
  /**
   * Allows multipart POSTs of `fields` and `file`: exactly this key and type, at most `maxBytes`, for `FORM_SECONDS`
   * from `promisedAt`. The same file has the same form each time, so that nobody needs to keep one.
   */
  createPostForm(file: PromisedFile): Promise<PostForm>
  has(key: string): Promise<boolean>
  /** Undefined when there is none. */
  read(key: string): Promise<Uint8Array | undefined>
  /** The keys that begin with the folder's name and a slash, the first thousand of them. */
  keysIn(folder: string): Promise<readonly string[]>
  write(key: string, bytes: Uint8Array, contentType: string): Promise<void>
  /** Removing what is gone is no error. */
  remove(key: string): Promise<void>
}

/** What a local upload route checks before it writes, where no object store does: the signed form's conditions. */
export interface PostPolicy {
  readonly key: string
  readonly contentType: string
  readonly maxBytes: number
}

export interface PostReceiver {
  /** The policy that `fields` were signed for; undefined when they are forged or expired. */
  openPolicy(fields: Readonly<Record<string, string>>): PostPolicy | undefined
}

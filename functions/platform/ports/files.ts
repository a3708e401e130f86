/** A form that lets a browser or wx.uploadFile post one file, without any other credential. */
export interface PostForm {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

interface StoredFile {
  readonly size: number
  readonly contentType: string
}

export interface Files {
  /** Allows one multipart POST of `fields` and `file`: exactly this key and type, at most `maxBytes`, for ten minutes. */
  createPostForm(file: { key: string; contentType: string; maxBytes: number }): Promise<PostForm>
  /** Undefined until the file has arrived. */
  find(key: string): Promise<StoredFile | undefined>
  /** Throws when there is none. */
  read(key: string): Promise<Uint8Array>
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

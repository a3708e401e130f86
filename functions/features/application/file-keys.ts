/** Where the signed form of an upload lets the client write. */
export const arrivalKey = (uploadId: string) => `uploads/${uploadId}`

/** Holds what was sealed of an upload, under the digest of its bytes; no form leads here. */
export const keptFolder = (uploadId: string) => `papers/${uploadId}`

import { createHash } from 'node:crypto'

/** An id that the same name always gets (RFC 9562 version 8, from SHA-256), so that loading again finds its rows. */
function idFor(name: string) {
  const hex = createHash('sha256').update(`yinxiang/seed/${name}`).digest('hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/** The profile of an invented person of a pack. */
export const profileIdOf = (personId: string) => idFor(`profile/${personId}`)
export const identityIdOf = (appid: string, personId: string) => idFor(`identity/${appid}/${personId}`)
/** `nth` tells papers of one kind and holder apart. */
export const credentialIdOf = (holderId: string, code: string, nth: number) =>
  idFor(`credential/${holderId}/${code}/${nth}`)

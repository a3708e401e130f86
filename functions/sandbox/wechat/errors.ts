import { randomBytes } from 'node:crypto'

const stems: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40016: 'invalid button size',
  40017: 'invalid button type',
  40018: 'invalid button name size',
  40019: 'invalid button key size',
  40020: 'invalid button url size',
  40023: 'invalid sub button size',
  40024: 'invalid sub button type',
  40025: 'invalid sub button name size',
  40026: 'invalid sub button key size',
  40027: 'invalid sub button url size',
  40029: 'invalid code',
  40037: 'invalid template_id',
  40097: 'invalid args',
  40125: 'invalid appsecret',
  40163: 'code been used',
  40165: 'invalid weapp pagepath',
  40212: 'invalid query',
  40256: 'the user is not bound to the relation',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  41030: 'invalid page',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  43004: 'require subscribe',
  43101: 'user refuse to accept the msg',
  44002: 'empty post data',
  45009: 'reach max api daily quota limit',
  45010: 'invalid menu format',
  45015: 'response out of time limit or subscription is canceled',
  45047: 'out of response count limit',
  45168: 'contain sensitive word',
  46003: 'menu no exist',
  47001: 'data format error',
  47003: 'argument invalid!',
  48001: 'api unauthorized',
  48006: 'forbid to clear quota because of reaching the limit',
  50001: 'user unauthorized',
  85401: 'time limit between 1min and 1year',
}

/** What WeChat answers instead of the thing asked for. */
export class WechatError extends Error {
  constructor(
    readonly errcode: number,
    detail?: string,
  ) {
    super(`${stems[errcode] ?? 'system error'}${detail ? ` ${detail}` : ''}`)
  }
}

/** ` rid: 8hex-8hex-8hex`, as nearly every error of WeChat ends today. */
export const ridSuffix = () => ` rid: ${[1, 2, 3].map(() => randomBytes(4).toString('hex')).join('-')}`

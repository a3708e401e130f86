import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

/**
 * What pages and console may load and who may frame them. Scripts come from this server alone, none stands in a page;
 * the component library of the pages writes its styles into them. Photos are shown from memory and posted to the
 * store that the signed forms name, `storeUrl`; null where that is this server.
 */
export const pageHeaders = (storeUrl: string | null): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'", ...(storeUrl === null ? [] : [new URL(storeUrl).origin])],
      frameSrc: ["'self'"],
      frameAncestors: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
    },
    xFrameOptions: 'SAMEORIGIN',
  })

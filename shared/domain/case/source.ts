/** What WeChat lets the scene of a code be: where an application came from. */
export const SOURCE = /^[\w!#$&'()*+,/:;=?@\-.~]{1,32}$/

/** A source that can be filed with; anything else is as if nobody had said one. */
export const sourceOf = (said: unknown) => (typeof said === 'string' && SOURCE.test(said) ? said : undefined)

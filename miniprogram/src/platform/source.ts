import { sourceOf } from '#shared/domain/case/source'

let source: string | undefined

/** WeChat hands on the scene of a code as it stands in an address. */
function decoded(text: unknown) {
  try {
    return typeof text === 'string' ? decodeURIComponent(text) : undefined
  } catch (_reason) {
    return undefined
  }
}

/** From the query that the app was opened with, again and again: the newest code or link that said one counts. */
export function learnSource(query: Readonly<Record<string, unknown>> = {}) {
  source = sourceOf(decoded(query['src'])) ?? sourceOf(decoded(query['scene'])) ?? source
}

/** The code or link that led here; filed with an application, shown to nobody who fills it in. */
export const launchSource = () => source

import type { Platform } from '../platform'

/** As the bundler words it: of scripts and of styles. */
const NOT_THERE = /Loading (CSS )?chunk/

const frontPage = () => [...document.querySelectorAll('.taro_page:not(.taro_page_shade)')].at(-1)?.id

/** The address has moved before the page that it names could be drawn: it is set back to the one that is in front. */
export const watchOpening: Platform['watchOpening'] = (onLost) => {
  const [address, front] = [window.location.href, frontPage()]
  const onRejection = (event: PromiseRejectionEvent) => {
    const { message } = (event.reason ?? {}) as Partial<Error>
    // A part of a page that has come since is no page.
    if (!NOT_THERE.test(message ?? '') || frontPage() !== front) return
    event.preventDefault()
    window.history.replaceState(window.history.state, '', address)
    onLost()
  }
  window.addEventListener('unhandledrejection', onRejection)
  return () => window.removeEventListener('unhandledrejection', onRejection)
}

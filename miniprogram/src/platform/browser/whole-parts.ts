import type { Platform } from '../platform'

/** As the bundler words it: of scripts and of styles. */
const NOT_THERE = /Loading (CSS )?chunk/

/** The address has moved before the page that it names could be drawn: it is set back to the one that is in front. */
export const wholly: Platform['whole'] = async (move) => {
  const address = window.location.href
  let stop = () => {}
  const lost = new Promise<never>((_resolve, reject) => {
    const onRejection = (event: PromiseRejectionEvent) => {
      if (!NOT_THERE.test(String((event.reason as Error | undefined)?.message))) return
      event.preventDefault()
      window.history.replaceState(window.history.state, '', address)
      reject(event.reason)
    }
    window.addEventListener('unhandledrejection', onRejection)
    stop = () => window.removeEventListener('unhandledrejection', onRejection)
  })
  try {
    return await Promise.race([move(), lost])
  } finally {
    stop()
  }
}

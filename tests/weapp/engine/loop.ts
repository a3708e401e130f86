/** A timer longer than this is a pause on purpose (a toast that goes), and nobody waits for it. */
const LONGEST_AWAITED_MS = 500

/** What is under way inside the running mini program, so that a test waits for its end and never for a time. */
export interface Loop {
  setTimeout(act: () => void, milliseconds?: number): NodeJS.Timeout
  clearTimeout(timer: NodeJS.Timeout | undefined): void
  setInterval(act: () => void, milliseconds?: number): NodeJS.Timeout
  /** Runs `act` in a later turn, as WeChat calls back. */
  later(act: () => void): void
  /** Counts as under way until it is over. */
  track(act: () => Promise<void>): void
  /** Resolves when nothing that is under way can change anything any more. */
  settled(): Promise<void>
  close(): void
}

/** `haste`: so many times faster than meant go the pauses that nobody waits for. */
export function createLoop(onFault: (cause: unknown) => void, haste = 1): Loop {
  const timers = new Set<NodeJS.Timeout>()
  const awaited = new Set<NodeJS.Timeout>()
  let running = 0
  let waiting: (() => void)[] = []
  const isIdle = () => running === 0 && awaited.size === 0
  const tellIdle = () => {
    if (!isIdle()) return
    for (const go of waiting) go()
    waiting = []
  }
  const guarded = (act: () => void) => {
    try {
      act()
    } catch (cause) {
      onFault(cause)
    }
  }
  const forget = (timer: NodeJS.Timeout) => {
    timers.delete(timer)
    awaited.delete(timer)
    tellIdle()
  }
  const later = (act: () => void, milliseconds = 0) => {
    const timer = setTimeout(
      () => {
        timers.delete(timer)
        guarded(act)
        // Promises that `act` resolved have their turn before anybody is told that all is quiet.
        setImmediate(() => forget(timer))
      },
      milliseconds > LONGEST_AWAITED_MS ? milliseconds / haste : milliseconds,
    )
    timers.add(timer)
    if (milliseconds <= LONGEST_AWAITED_MS) awaited.add(timer)
    return timer
  }
  return {
    setTimeout: later,
    clearTimeout(timer) {
      if (timer === undefined) return
      clearTimeout(timer)
      forget(timer)
    },
    setInterval(act, milliseconds) {
      const timer = setInterval(() => guarded(act), milliseconds)
      timers.add(timer)
      return timer
    },
    later: (act) => void later(act),
    track(act) {
      running += 1
      const done = () => {
        running -= 1
        tellIdle()
      }
      act()
        .catch(onFault)
        .finally(() => setImmediate(done))
    },
    async settled() {
      do {
        if (!isIdle()) await new Promise<void>((resolve) => waiting.push(resolve))
        await new Promise((resolve) => setImmediate(resolve))
      } while (!isIdle())
    },
    close() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      awaited.clear()
    },
  }
}

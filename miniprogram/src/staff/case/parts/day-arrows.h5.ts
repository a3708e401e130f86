import { useEffect } from 'react'

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7 }

/** By Tab from month to month, by the arrows from day to day. */
export function useDayArrows() {
  useEffect(() => {
    const go = (event: KeyboardEvent) => {
      const { key, target } = event
      const step = STEPS[key]
      if (step === undefined || !(target instanceof HTMLElement) || !target.matches('.year__day')) return
      const all = [...document.querySelectorAll<HTMLElement>('.year__day')]
      const next = all[all.indexOf(target) + step]
      if (!next) return
      event.preventDefault()
      next.focus()
    }
    document.addEventListener('keydown', go)
    return () => document.removeEventListener('keydown', go)
  }, [])
}

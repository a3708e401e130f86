const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** An arrow chooses the next answer of its question, or the one before, and goes around; those that cannot be chosen are passed. */
export function moveByArrow({ key, target }: KeyboardEvent) {
  const step = STEPS[key]
  if (step === undefined || !(target instanceof HTMLElement) || !target.matches('[role=radio]')) return false
  const all = [
    ...(target
      .closest('[role=radiogroup]')
      ?.querySelectorAll<HTMLElement>('[role=radio]:not([aria-disabled=true])') ?? []),
  ]
  const next = all.at((all.indexOf(target) + step) % all.length)
  next?.focus()
  next?.click()
  return next !== undefined
}

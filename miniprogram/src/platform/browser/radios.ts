const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

const GROUPS = { radio: 'radiogroup', tab: 'tablist' } as const

/** Of tabs, of which none lies below another; they have a first and a last. */
const ENDS: Readonly<Record<string, number>> = { Home: 0, End: -1 }

const nextOf = <One>(role: keyof typeof GROUPS, key: string, all: readonly One[], current: One) => {
  if (role === 'tab' && key in ENDS) return all.at(ENDS[key] ?? 0)
  const step = role === 'tab' && /Up|Down/.test(key) ? undefined : STEPS[key]
  return step === undefined ? undefined : all.at((all.indexOf(current) + step) % all.length)
}

/**
 * An arrow chooses the next answer of its question, or the one before, and goes around; those that cannot be chosen are
 * passed. Of tabs too, but for those that open another page: that is for Enter.
 */
export function moveByArrow({ key, target }: KeyboardEvent) {
  if (!(target instanceof HTMLElement)) return false
  const role = target.getAttribute('role')
  if (role !== 'radio' && role !== 'tab') return false
  const all = [
    ...(target
      .closest(`[role=${GROUPS[role]}]`)
      ?.querySelectorAll<HTMLElement>(`[role=${role}]:not([aria-disabled=true])`) ?? []),
  ]
  const next = nextOf(role, key, all, target)
  next?.focus()
  if (!next?.closest('[role=navigation]')) next?.click()
  return next !== undefined
}

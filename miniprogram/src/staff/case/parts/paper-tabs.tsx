import { View } from '@tarojs/components'
import { useState } from 'react'
import { ChipTabs } from '../../../ui/form/chip-tabs'

/**
 * Which of several papers lies in front; `move`: the next or the one before, as by key. `of`: what they are the papers of,
 * whose change brings the first to the front again.
 */
export function usePaperTabs(names: readonly string[], first: string, of = '') {
  const [wanted, setWanted] = useState({ of, name: first })
  const name = wanted.of === of && names.includes(wanted.name) ? wanted.name : first
  const show = (next: string) => setWanted({ of, name: next })
  const move = (steps: 1 | -1) => {
    const next = names[names.indexOf(name) + steps]
    if (next !== undefined) show(next)
  }
  return { names, name, show, move }
}

export type PaperTabs = ReturnType<typeof usePaperTabs>

/** At a desk; of one paper alone they do nothing. */
export const turnKeys = ({ names, move }: PaperTabs): Readonly<Record<string, () => void>> =>
  names.length > 1 ? { '[': () => move(-1), ']': () => move(1) } : {}

/** Names of the papers beside what they are; of one alone only that. */
export function PaperTabsRow({ title, tabs }: { title: string; tabs: PaperTabs }) {
  return (
    <View className='row row--between row--wrap gap-2'>
      <View className='strong'>{title}</View>
      {tabs.names.length > 1 && (
        <ChipTabs
          label={title}
          options={tabs.names.map((name) => ({ value: name, label: name }))}
          value={tabs.name}
          onChange={tabs.show}
        />
      )}
    </View>
  )
}

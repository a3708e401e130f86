import { useState } from 'react'
import type { SheetWays } from './use-correction'

/** Of a page that brings something to a case: what another page has brought meanwhile is read anew, with the case. */
export function useSheetWays(reload: () => unknown): { readonly round: number; readonly ways: SheetWays } {
  const [round, setRound] = useState(0)
  const onOvertaken = () => {
    setRound(round + 1)
    void reload()
  }
  return { round, ways: { onChanged: reload, onOvertaken } }
}

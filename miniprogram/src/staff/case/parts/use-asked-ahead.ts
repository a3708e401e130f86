import { useEffect, useState } from 'react'
import { hasPageBefore } from '../../../platform/navigation'
import { awaitReason } from './reasons'
import { useKeyboardThere } from './use-desk'
import type { Keys } from './use-keys'

/**
 * By key, or by a link of 不予: the choice before there is anything to choose from; what follows is its reason. 准予 asks for
 * nothing to be typed and waits for its page. On a page by link or read anew no letter chooses: it may be one of a word.
 */
export function useAskedAhead(id: string | undefined, asked: string | undefined) {
  const [ahead, setAhead] = useState(asked)
  const hasKeys = useKeyboardThere()
  const [isFromWithin] = useState(hasPageBefore)
  useEffect(() => {
    if (hasKeys && id !== undefined && asked === 'refuse') return awaitReason(id, asked)
  }, [hasKeys, id, asked])
  const refuse = () => {
    setAhead('refuse')
    if (id !== undefined) awaitReason(id, 'refuse')
  }
  const keys: Keys = isFromWithin ? { f: refuse } : {}
  return { ahead, keys }
}

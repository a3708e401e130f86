import { useEffect, useState } from 'react'
import { platform } from '../../../platform'
import { useElderMode } from '../../../platform/elder-mode'

/** Whether the queue and the open case stand side by side. Large letters need the width for themselves. */
export function useDesk() {
  const [isWide, setWide] = useState(false)
  const elder = useElderMode((mode) => mode.elder)
  useEffect(() => platform.watchDesk(setWide), [])
  return isWide && !elder
}

import { useEffect, useState } from 'react'
import { platform } from '../../../platform'

function isDeskNow() {
  let isDesk = false
  platform.watchDesk((is) => {
    isDesk = is
  })()
  return isDesk
}

/** Whether the queue and the open case stand side by side. */
export function useDesk() {
  const [isWide, setWide] = useState(isDeskNow)
  useEffect(() => platform.watchDesk(setWide), [])
  return isWide
}

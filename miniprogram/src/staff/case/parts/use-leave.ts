import { useEffect, useRef } from 'react'
import { goBack } from '../../../platform/navigation'

/** Back to the queue after an answer, unless whoever waited for it has left already: it would close another page. */
export function useLeave() {
  const isOpen = useRef(true)
  useEffect(() => {
    isOpen.current = true
    return () => {
      isOpen.current = false
    }
  }, [])
  return () => {
    if (isOpen.current) goBack('staff/case/queue')
  }
}

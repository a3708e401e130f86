import { useDidShow } from '@tarojs/taro'
import encodeQR from 'qr'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { DeskCode, DeskLogin } from '#shared/contract/desk-session'
import { CODE_SECONDS, deskCodeWords } from '#shared/domain/account/desk-session'
import { askWithout, type Trouble } from '../../../platform/api'
import { now } from '../../../platform/clock'
import { enterDesk } from '../../../platform/desk'

const ASKS_EVERY = 2000

export type Shown =
  | { readonly state: 'fetching' }
  | { readonly state: 'failed'; readonly trouble: Trouble }
  | {
      readonly state: 'waiting' | 'scanned'
      readonly picture: string
      readonly digits: string
      readonly secondsLeft: number
    }
  | { readonly state: 'over' | 'unanswered' | 'refused' | 'lost' }

/** `lost`: it was let in, and the one answer that said so went astray. */
function endOf(status: Exclude<DeskLogin['status'], 'waiting'>, isScanned: boolean) {
  if (status === 'expired') return isScanned ? 'unanswered' : 'over'
  return status === 'refused' ? 'refused' : 'lost'
}

const pictureOf = (code: string) =>
  `data:image/svg+xml;utf8,${encodeURIComponent(encodeQR(deskCodeWords(code), 'svg', { ecc: 'medium', border: 2 }))}`

/** A code on a screen, and what becomes of it; let in, the desk is open. */
export function useDeskCode(onOpen: () => void) {
  const [shown, setShown] = useState<Shown>({ state: 'fetching' })
  const [code, setCode] = useState<DeskCode>()
  const isAsking = useRef(false)
  const former = useRef<string>()

  const show = useCallback(async () => {
    if (isAsking.current) return
    isAsking.current = true
    setCode(undefined)
    setShown({ state: 'fetching' })
    const before = former.current
    const answer = await askWithout<DeskCode>('POST', '/api/desk-sessions', before ? { former: before } : {})
    isAsking.current = false
    if (answer.ok) {
      former.current = answer.value.id
      setCode(answer.value)
    } else setShown({ state: 'failed', trouble: answer.error })
  }, [])
  useDidShow(() => void show())

  useEffect(() => {
    if (!code) return
    const picture = pictureOf(code.code)
    let isScanned = false
    let isOver = false
    const draw = () => {
      const secondsLeft = Math.ceil((Date.parse(code.expiresAt) - Date.parse(now())) / 1000)
      if (secondsLeft <= 0 && !isScanned) return end({ state: 'over' })
      const state = isScanned ? 'scanned' : 'waiting'
      setShown({
        state,
        picture,
        digits: code.digits,
        secondsLeft: Math.min(CODE_SECONDS, Math.max(0, secondsLeft)),
      })
    }
    const end = (how: Shown) => {
      isOver = true
      stop()
      setShown(how)
    }
    const look = async () => {
      const answer = await askWithout<DeskLogin>('GET', `/api/desk-sessions/${code.id}`)
      // What was not answered is asked again; the code ends by itself.
      if (isOver || !answer.ok) return
      const { status, token, scanned, expiresAt } = answer.value
      isScanned = scanned === true
      if (token === undefined) return status !== 'waiting' && end({ state: endOf(status, isScanned) })
      isOver = true
      stop()
      await enterDesk(token, expiresAt)
      return onOpen()
    }
    // One after the other: the answer with the token may be slower than the next, which has none.
    const goOn = async () => {
      await look()
      if (!isOver) timer = setTimeout(() => void goOn(), ASKS_EVERY)
    }
    draw()
    let timer = setTimeout(() => void goOn(), ASKS_EVERY)
    const drawing = setInterval(draw, 1000)
    function stop() {
      clearInterval(drawing)
      clearTimeout(timer)
    }
    return () => {
      isOver = true
      stop()
    }
  }, [code, onOpen])

  return { shown, show }
}

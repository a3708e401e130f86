import { useEffect, useState } from 'react'
import type { Home } from '#shared/contract/service-item'
import { call } from '../../../platform/api'
import type { IconName } from '../../../ui/surface/icon'

type LifeEvents = Home['lifeEvents']

const ICONS: Readonly<Record<string, IconName>> = {
  birth: 'baby',
  school: 'school',
  job: 'work',
  health: 'medical',
  housing: 'house',
  business: 'shop',
  farming: 'farm',
  elder: 'elder',
  hardship: 'help',
  papers: 'idcard',
}

/** A county may name further ones. */
export const iconOfLifeEvent = (key: string): IconName => ICONS[key] ?? 'list'

let known: LifeEvents | undefined

/** Home has them already; whoever comes to the list by a link asks for them once. */
export function rememberLifeEvents(events: LifeEvents) {
  known = events
}

export function useLifeEvents(): LifeEvents {
  const [events, setEvents] = useState(known ?? [])
  useEffect(() => {
    if (known) return
    void call<Home>('GET', '/api/home').then((answer) => {
      if (!answer.ok) return
      rememberLifeEvents(answer.value.lifeEvents)
      setEvents(answer.value.lifeEvents)
    })
  }, [])
  return events
}

import type { ReactNode } from 'react'
import type { Loaded } from '../../platform/use-request'
import { EarlierNotice } from './earlier-notice'
import type { LoggedOutWords } from './log-in-card'
import { Skeleton } from './skeleton'
import { TroubleView } from './trouble'

interface LoadedViewProps<Value> {
  loaded: Loaded<Value>
  /** Said while it is under way: “正在取你的办件”. */
  label: string
  onRetry: () => void
  cards?: number
  rows?: number
  /** Of a page that shows what is somebody's own. */
  loggedOut?: LoggedOutWords | undefined
  children: (value: Value) => ReactNode
}

/** The three states of a page's content, and the last content with its time where there is no network. */
export function LoadedView<Value>({
  loaded,
  label,
  onRetry,
  cards,
  rows,
  loggedOut,
  children,
}: LoadedViewProps<Value>) {
  if (loaded.state === 'loading') {
    return (
      <Skeleton
        label={label}
        {...(cards === undefined ? {} : { cards })}
        {...(rows === undefined ? {} : { rows })}
      />
    )
  }
  if (loaded.state === 'failed') {
    return <TroubleView trouble={loaded.trouble} onRetry={onRetry} loggedOut={loggedOut} />
  }
  return (
    <>
      <EarlierNotice loaded={loaded} onRetry={onRetry} />
      {children(loaded.value)}
    </>
  )
}

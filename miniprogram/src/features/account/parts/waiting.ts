import { create } from 'zustand'

interface Waiting {
  /** Cases that wait for the person. */
  readonly todos: number
  readonly unread: number
}

/** The figures on the tabs; whichever page learns them tells the others. */
export const useWaiting = create<Waiting>(() => ({ todos: 0, unread: 0 }))

export const tellWaiting = (waiting: Partial<Waiting>) => useWaiting.setState(waiting)

import { useCallback, useEffect, useRef, useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { download, type Trouble } from './api'
import { platform } from './index'

export type PaperView = CaseView['papers'][number]

export const isImage = ({ contentType }: PaperView['files'][number]) => contentType.startsWith('image/')

/** Brings the files of papers with the session, each once, and lets go of them with the page. */
export function useFiles() {
  const [opening, setOpening] = useState<string>()
  const [trouble, setTrouble] = useState<Trouble>()
  const brought = useRef(new Map<string, string>()).current
  useEffect(
    () => () => {
      for (const source of brought.values()) platform.forgetFile(source)
      brought.clear()
    },
    [brought],
  )
  const bring = useCallback(
    async (url: string) => {
      const known = brought.get(url)
      if (known) return known
      const answer = await download(url)
      if (answer.ok) brought.set(url, answer.value)
      else setTrouble(answer.error)
      return answer.ok ? answer.value : undefined
    },
    [brought],
  )
  /** All files of one paper: pictures together, so that one can leaf through them. */
  const bringAll = async ({ name, files }: PaperView) => {
    setOpening(name)
    setTrouble(undefined)
    const sources = await Promise.all(files.map(async (file) => ({ file, source: await bring(file.url) })))
    setOpening(undefined)
    const those = (wanted: boolean) =>
      sources.flatMap(({ file, source }) => (source && isImage(file) === wanted ? [source] : []))
    const came = sources.filter(({ source }) => source !== undefined).map(({ file }) => file)
    return { pictures: those(true), others: those(false), came }
  }
  return { opening, trouble, bring, bringAll }
}

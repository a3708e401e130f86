import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { platform } from '../../../platform'
import { type PaperView, useFiles } from '../../../platform/use-files'
import { openNotice } from './correction-notes'
import { PaperViewer } from './paper-viewer'
import { useDesk } from './use-desk'
import { see, useSeen } from './use-seen'
import type { ViewerPlace } from './viewer-place'

/** Opens any of `papers`, which all have files: over the desk, or in WeChat's own viewer. */
export function usePaperViewer(view: CaseView, papers: readonly PaperView[]) {
  const isDesk = useDesk()
  const files = useFiles()
  const isSeen = useSeen()
  const [viewing, setViewing] = useState<ViewerPlace>()
  const close = () => setViewing(undefined)
  const open = async (paper: PaperView, file = 0) => {
    if (isDesk) return setViewing({ paper: papers.findIndex(({ name }) => name === paper.name), file })
    const { pictures, others, came } = await files.bringAll(paper)
    see(...came)
    const [first] = pictures
    if (first) return platform.previewImage(pictures[file] ?? first, pictures)
    for (const source of others) platform.openFile(source)
  }
  return {
    files,
    isSeen,
    open: (paper: PaperView, file?: number) => void open(paper, file),
    /** Drawn over everything by whoever shows the papers. */
    over: viewing && (
      <PaperViewer
        view={view}
        papers={papers}
        start={viewing}
        isSeen={isSeen}
        onSeen={see}
        bring={files.bring}
        onClose={close}
        onCorrect={(notice) => {
          close()
          openNotice(view.id, notice)
        }}
      />
    ),
  }
}

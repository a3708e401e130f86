import { View } from '@tarojs/components'
import { useRef, useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { platform } from '../../../platform'
import { download, type Trouble } from '../../../platform/api'
import { pressable } from '../../../platform/aria'
import { Paper, PaperList, type PaperState } from '../../../ui/progress/paper'
import { Card } from '../../../ui/surface/card'
import { Tag } from '../../../ui/surface/tag'
import { TroubleNotice } from './trouble-notice'

type PaperView = CaseView['papers'][number]
type PaperFile = PaperView['files'][number]

const STATES = {
  generated: { state: 'given', note: '网上填的，自动做好' },
  exempt: { state: 'free', note: '证照库里有，没让申请人交' },
  provided: { state: 'given', note: undefined },
  'not-given': { state: 'optional', note: undefined },
} as const satisfies Record<PaperView['state'], { state: PaperState; note: string | undefined }>

const isImage = ({ contentType }: PaperFile) => contentType.startsWith('image/')

/** Brings the files of a paper with the session; pictures together, so that one can leaf through them. */
function useViewer() {
  const [opening, setOpening] = useState<string>()
  const [trouble, setTrouble] = useState<Trouble>()
  const brought = useRef(new Map<string, string>())
  const bring = async (file: PaperFile) => {
    const known = brought.current.get(file.url)
    if (known) return known
    const answer = await download(file.url)
    if (!answer.ok) {
      setTrouble(answer.error)
      return undefined
    }
    brought.current.set(file.url, answer.value)
    return answer.value
  }
  const open = async ({ name, files }: PaperView) => {
    if (opening) return
    setOpening(name)
    setTrouble(undefined)
    const sources = await Promise.all(files.map(async (file) => ({ file, source: await bring(file) })))
    setOpening(undefined)
    const pictures = sources.flatMap(({ file, source }) => (source && isImage(file) ? [source] : []))
    const [first] = pictures
    if (first) return platform.previewImage(first, pictures)
    for (const { source } of sources) if (source) platform.openFile(source)
  }
  return { opening, trouble, open }
}

function Side({ paper, opening, onOpen }: { paper: PaperView; opening: boolean; onOpen: () => void }) {
  const { state, files, name } = paper
  if (files.length === 0) {
    if (state === 'not-given') return <Tag>没交</Tag>
    return <Tag tone='free'>{state === 'exempt' ? '已免' : '已有'}</Tag>
  }
  const what = files.every(isImage) ? (files.length > 1 ? `${files.length} 张照片` : '照片') : '文件'
  return (
    <View className='look' {...pressable(onOpen, { label: `看${name}的${what}` })}>
      {opening ? '正在取' : `看${what}`}
    </View>
  )
}

const summaryOf = (papers: readonly PaperView[]) => {
  const free = papers.filter(({ state }) => state === 'exempt').length
  const look = papers.filter(({ files }) => files.length > 0).length
  return [free > 0 && `${free} 份免交`, look > 0 && `${look} 份要看`].filter(Boolean).join('，')
}

export function Papers({ papers }: { papers: CaseView['papers'] }) {
  const { opening, trouble, open } = useViewer()
  if (papers.length === 0) return null
  return (
    <Card
      title={`材料 ${papers.length} 份`}
      side={<View className='caption muted'>{summaryOf(papers)}</View>}
      className='mt-3'
    >
      <PaperList>
        {papers.map((paper) => (
          <Paper
            key={paper.name}
            name={paper.name}
            state={STATES[paper.state].state}
            note={STATES[paper.state].note ?? (paper.source || undefined)}
            side={<Side paper={paper} opening={opening === paper.name} onOpen={() => void open(paper)} />}
          />
        ))}
      </PaperList>
      <TroubleNotice trouble={trouble && { ...trouble, title: '没取到', detail: '过一会儿再点一次。' }} />
    </Card>
  )
}

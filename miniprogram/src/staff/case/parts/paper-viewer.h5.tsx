import { Image, View } from '@tarojs/components'
import { useEffect, useRef, useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { platform } from '../../../platform'
import { aria, pressable } from '../../../platform/aria'
import { isImage, type PaperView } from '../../../platform/use-files'
import { classNames } from '../../../ui/class-names'
import { Button } from '../../../ui/form/button'
import { Icon } from '../../../ui/surface/icon'
import { Tag } from '../../../ui/surface/tag'
import type { Legend } from './desk-shell'
import { Kbd } from './kbd'
import { useFacts, ViewerFacts } from './viewer-facts'
import { besidePlace, nextPlace, type ViewerPlace, zoomBeside } from './viewer-place'
import { isOver } from './words'

const DIALOG = 'viewer'
const STAGE = 'viewer-stage'

export interface PaperViewerProps {
  view: CaseView
  /** Those with files. */
  papers: readonly PaperView[]
  start: ViewerPlace
  isSeen: (paper: PaperView) => boolean
  onSeen: (file: PaperView['files'][number]) => void
  bring: (url: string) => Promise<string | undefined>
  onClose: () => void
  /** To the notice that asks for what was found wanting. */
  onCorrect: (notice: AllowedAction) => void
}

/** The file that is shown, once it is there. */
function useSource(url: string | undefined, bring: PaperViewerProps['bring']) {
  const [brought, setBrought] = useState<{ url: string; source: string | undefined }>()
  useEffect(() => {
    let isCurrent = true
    if (url === undefined) return
    void bring(url).then((source) => {
      if (isCurrent) setBrought({ url, source })
    })
    return () => {
      isCurrent = false
    }
  }, [url, bring])
  return brought?.url === url ? brought : undefined
}

function useViewer({ papers, start, bring, onClose, onSeen }: PaperViewerProps) {
  const [place, setPlace] = useState(start)
  const [zoom, setZoom] = useState(1)
  const [quarter, setQuarter] = useState(0)
  const paper = papers[place.paper]
  const file = paper?.files[place.file]
  const brought = useSource(file?.url, bring)
  const isPicture = file !== undefined && isImage(file)
  // Small at the foot is what was looked at: nothing more is brought for it, and nothing else counts as read.
  const [looked, setLooked] = useState<Readonly<Record<string, string>>>({})
  const [shownUrl, source] = [file?.url, brought?.source]
  useEffect(() => {
    if (isPicture && shownUrl !== undefined && source !== undefined)
      setLooked((before) => ({ ...before, [shownUrl]: source }))
  }, [isPicture, shownUrl, source])
  const isShown = isPicture && brought?.source !== undefined
  const fileId = file?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once for each photo that is shown.
  useEffect(() => {
    if (isShown && file) onSeen(file)
  }, [isShown, fileId])
  const openFile = (source: string) => {
    if (file) onSeen(file)
    platform.openFile(source)
  }
  const go = (next: ViewerPlace) => {
    setPlace(next)
    setZoom(1)
    setQuarter(0)
  }
  const move = (step: 1 | -1) => go(besidePlace(papers, place, step))
  const enlarge = (step: 1 | -1) => setZoom((before) => zoomBeside(before, step))
  const turn = () => setQuarter((before) => (before + 1) % 4)
  const after = nextPlace(papers, place)
  const next = () => (after ? go(after) : onClose())
  const nextWords = !after ? '看完了' : after.paper === place.paper ? '看下一张' : '看完了，下一份'
  const keys = new Map<string, () => void>([
    ['ArrowRight', () => move(1)],
    ['ArrowLeft', () => move(-1)],
    ['+', () => enlarge(1)],
    ['=', () => enlarge(1)],
    ['-', () => enlarge(-1)],
    ['0', () => setZoom(1)],
    ['s', turn],
    ...papers.slice(0, 9).map((_, at) => [String(at + 1), () => go({ paper: at, file: 0 })] as const),
  ])
  return {
    place,
    paper,
    file,
    brought,
    looked,
    zoom,
    setZoom,
    quarter,
    go,
    enlarge,
    turn,
    next,
    nextWords,
    isPicture,
    openFile,
    keys,
  }
}

type Viewer = ReturnType<typeof useViewer>

/** Of the keys that answer here, without Enter, which is on its button. */
function legendOf(
  keys: ReadonlyMap<string, unknown>,
  papers: PaperViewerProps['papers'],
  isPicture: boolean,
) {
  const count = papers.reduce((sum, { files }) => sum + files.length, 0)
  const legend: readonly (Legend & { readonly if: boolean })[] = [
    { letters: ['←', '→'], does: '上一张、下一张', if: count > 1 },
    {
      letters: [
        papers.length > 2 ? `1–${Math.min(9, papers.length)}` : '1',
        ...(papers.length === 2 ? ['2'] : []),
      ],
      does: '直接看哪份',
      if: papers.length > 1,
    },
    { letters: ['+', '−', '0'], does: '放大、缩小、整张', if: isPicture },
    { letters: ['S'], does: '转一下', if: isPicture },
    { letters: ['Y', 'N'], does: '一样、不一样', if: keys.has('y') },
    { letters: ['B'], does: '看不清', if: keys.has('b') },
    { letters: ['Enter'], does: '看完了', if: true },
    { letters: ['Esc'], does: '只关照片', if: true },
  ]
  return legend.filter((each) => each.if)
}

function Tools({ viewer }: { viewer: Viewer }) {
  const { zoom, setZoom, enlarge, turn } = viewer
  return (
    <View className='viewer__tools'>
      <View className='viewer__tool' {...pressable(() => enlarge(-1), { label: '缩小' })}>
        <Kbd letter='−' />
      </View>
      <View className='figure'>{Math.round(zoom * 100)}%</View>
      <View className='viewer__tool' {...pressable(() => enlarge(1), { label: '放大' })}>
        <Kbd letter='+' />
      </View>
      <View className='viewer__tool' {...pressable(() => setZoom(1), { label: '整张' })}>
        整张 <Kbd letter='0' />
      </View>
      <View className='viewer__tool' {...pressable(turn, { label: '转一下' })}>
        转一下 <Kbd letter='s' />
      </View>
    </View>
  )
}

/** In shares of the stage; what lies on its side has them exchanged. */
function sizeOf(zoom: number, quarter: number) {
  const [width, height] = [`${zoom * 100}cqw`, `${zoom * 100}cqh`]
  return quarter % 2 === 0 ? { width, height } : { width: height, height: width }
}

function Stage({ viewer }: { viewer: Viewer }) {
  const { brought, isPicture, openFile, paper, zoom, quarter, enlarge } = viewer
  const onZoom = useRef(enlarge)
  onZoom.current = enlarge
  useEffect(() => platform.watchStage(STAGE, (step) => onZoom.current(step)), [])
  const source = brought?.source
  return (
    <View id={STAGE} className='viewer__stage'>
      {!brought && <View className='viewer__wait'>正在取</View>}
      {brought && source === undefined && <View className='viewer__wait'>没取到。关上再开一次。</View>}
      {source !== undefined && !isPicture && (
        <View className='viewer__wait'>
          <View>这份是文件，不是照片。</View>
          <Button kind='secondary' small className='mt-3' onPress={() => openFile(source)}>
            打开文件
          </Button>
        </View>
      )}
      {source !== undefined && isPicture && (
        <View className='viewer__sheet' style={sizeOf(zoom, 0)}>
          <Image
            className={`viewer__picture is-turned-${quarter}`}
            style={sizeOf(zoom, quarter)}
            src={source}
            mode='aspectFit'
            {...aria({ role: 'img', label: paper?.name ?? '' })}
          />
        </View>
      )}
    </View>
  )
}

interface StripProps extends Pick<PaperViewerProps, 'papers' | 'isSeen' | 'view'> {
  viewer: Viewer
}

function Small({ source }: { source: string | undefined }) {
  return (
    <View className='viewer__small' aria-hidden='true'>
      {source ? <Image className='viewer__thumb' src={source} mode='aspectFill' /> : <Icon name='paper' />}
    </View>
  )
}

function Strip({ papers, isSeen, view, viewer }: StripProps) {
  const isNew = (paper: PaperView) => paper.files.some(({ id }) => view.staff?.newFiles.includes(id))
  return (
    <View className='viewer__strip'>
      {papers.map((paper, at) => (
        <View
          key={paper.name}
          className={classNames('viewer__paper', at === viewer.place.paper && 'is-current')}
          {...pressable(() => viewer.go({ paper: at, file: 0 }), { label: `看${paper.name}` })}
        >
          <Small source={paper.files.flatMap(({ url }) => viewer.looked[url] ?? [])[0]} />
          <View className='viewer__name'>
            <View className='clip'>{paper.name}</View>
            {at < 9 && <Kbd letter={String(at + 1)} />}
            {isNew(paper) && <Tag tone='must'>新</Tag>}
          </View>
          {!isOver(view) && (
            <View className={isSeen(paper) ? 'muted' : 'today'}>{isSeen(paper) ? '看过了' : '还没看'}</View>
          )}
        </View>
      ))}
    </View>
  )
}

/** The papers of a case, one photo at a time over the whole desk, beside what they are to prove. No key leaves it but Escape. */
export function PaperViewer(props: PaperViewerProps) {
  const { view, papers, isSeen, onClose, onCorrect } = props
  const viewer = useViewer(props)
  const { place, paper, file } = viewer
  const facts = useFacts(view, paper)
  const keys = new Map([...viewer.keys, ...facts.keys])
  const current = useRef({ onClose, keys })
  current.current = { onClose, keys }
  useEffect(
    () =>
      platform.holdDialog(
        DIALOG,
        () => current.current.onClose(),
        (key) => {
          const act = current.current.keys.get(key)
          act?.()
          return act !== undefined
        },
      ),
    [],
  )
  const count = paper?.files.length ?? 0
  return (
    <View
      className='viewer'
      id={DIALOG}
      {...aria({ role: 'dialog', modal: true, label: paper?.name ?? '材料' })}
    >
      <View className='viewer__panes'>
        <View className='viewer__main'>
          <View className='viewer__head'>
            <View className='viewer__title'>
              {paper?.name}
              {count > 1 && `，第 ${place.file + 1} 张，共 ${count} 张`}
            </View>
            <View className='small muted nowrap'>
              第 {place.paper + 1} 份，共 {papers.length} 份
            </View>
            {file && view.staff?.newFiles.includes(file.id) && <Tag tone='must'>新</Tag>}
            <Tools viewer={viewer} />
            <View className='viewer__tool nowrap push' {...pressable(onClose, { label: '关上' })}>
              关上 <Kbd letter='Esc' />
            </View>
          </View>
          <Stage viewer={viewer} />
          <Strip papers={papers} isSeen={isSeen} view={view} viewer={viewer} />
        </View>
        <ViewerFacts view={view} facts={facts} paper={paper} onCorrect={onCorrect}>
          <Button onPress={viewer.next}>{viewer.nextWords}</Button>
        </ViewerFacts>
      </View>
      <View className='keybar viewer__keys' aria-hidden='true'>
        {legendOf(keys, papers, viewer.isPicture).map(({ letters, does }) => (
          <View key={does} className='keybar__key'>
            {letters.map((letter) => (
              <Kbd key={letter} letter={letter} />
            ))}
            {does}
          </View>
        ))}
      </View>
    </View>
  )
}

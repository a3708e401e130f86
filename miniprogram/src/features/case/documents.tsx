import { Image, View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { platform } from '../../platform'
import { aria, pressable } from '../../platform/aria'
import { openPage, usePageParameter } from '../../platform/navigation'
import { isImage, type PaperView, useFiles } from '../../platform/use-files'
import { useRequest } from '../../platform/use-request'
import { useShownAgain } from '../../platform/use-shown-again'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Notice } from '../../ui/feedback/notice'
import { UploadRow } from '../../ui/form/upload-tile'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { Day } from '../../ui/surface/day'
import { AnswerFacts } from './parts/answer-facts'
import { FormerCase } from './parts/former-case'
import '../../ui/styles/upload.css'
import './case.css'

function IssuedDocuments({ view }: { view: CaseView }) {
  const { id, documents } = view
  if (documents.length === 0) {
    return (
      <Card>
        <View className='muted'>还没有发下来的文书。发了，在这里看，也会告诉你。</View>
      </Card>
    )
  }
  return (
    <CellGroup title='发给你的文书'>
      {[...documents].reverse().map((document) => (
        <Cell
          key={document.id}
          icon='paper'
          label={document.title}
          note={
            <>
              {document.organName}，<Day on={document.issuedOn} />
              {document.mark && <View>{document.mark.words}</View>}
            </>
          }
          onPress={() => openPage('features/case/document', { case: id, id: document.id })}
        />
      ))}
    </CellGroup>
  )
}

interface PhotoProps {
  paper: PaperView
  at: number
  source: string | undefined
  onOpen: () => void
}

function Photo({ paper, at, source, onOpen }: PhotoProps) {
  const name = paper.files.length > 1 ? `${paper.name} ${at + 1}` : paper.name
  return (
    <View className='upload-tile' {...pressable(onOpen, { label: `打开${name}` })}>
      {source && (
        <Image className='upload-tile__photo' src={source} mode='aspectFill' {...aria({ hidden: true })} />
      )}
      <View className='upload-tile__veil'>{name}</View>
    </View>
  )
}

/** Small pictures of what was handed in, each opened by the host's own viewer. */
function BroughtPapers({ papers }: Pick<CaseView, 'papers'>) {
  const files = useFiles()
  const { bring, bringAll } = files
  const [sources, setSources] = useState<Readonly<Record<string, string>>>({})
  const brought = papers.filter((paper) => paper.files.length > 0)
  const urls = brought.flatMap((paper) => paper.files.filter(isImage).map(({ url }) => url)).join(' ')
  useEffect(() => {
    let isCurrent = true
    for (const url of urls.split(' ').filter(Boolean)) {
      void bring(url).then((source) => {
        if (isCurrent && source) setSources((before) => ({ ...before, [url]: source }))
      })
    }
    return () => {
      isCurrent = false
    }
  }, [urls, bring])
  if (brought.length === 0) return null
  const open = async (paper: PaperView, url: string) => {
    const { pictures, others } = await bringAll(paper)
    const source = await bring(url)
    if (source && pictures.includes(source)) return platform.previewImage(source, pictures)
    const [other] = others
    if (other) platform.openFile(other)
  }
  return (
    <>
      <View className='cell-group__title'>交上去的照片</View>
      <Card>
        <UploadRow>
          {brought.flatMap((paper) =>
            paper.files.map((file, at) => (
              <Photo
                key={file.id}
                paper={paper}
                at={at}
                source={sources[file.url]}
                onOpen={() => void open(paper, file.url)}
              />
            )),
          )}
        </UploadRow>
      </Card>
      {files.trouble && (
        <Notice tone='soon' className='mt-3'>
          有照片没取到，过一会儿点它再试一次。
        </Notice>
      )}
    </>
  )
}

function Withheld({ papers }: Pick<CaseView, 'papers'>) {
  const withheld = papers.filter((paper) => paper.withheld !== null)
  if (withheld.length === 0) return null
  return (
    <View className='small muted mt-3'>
      {withheld.map(({ name, withheld: by }) => `${name}：${by}`).join('；')}，这里不给看。
    </View>
  )
}

const FREE = { generated: '表上填的就算，不用另交', exempt: '只核对过，没有存照片' } as const

function FreePapers({ papers }: Pick<CaseView, 'papers'>) {
  const free = papers.flatMap(({ name, state }) =>
    state === 'generated' || state === 'exempt' ? [{ name, note: FREE[state] }] : [],
  )
  if (free.length === 0) return null
  return (
    <CellGroup title='没让你交的'>
      {free.map(({ name, note }) => (
        <Cell key={name} icon='done' label={name} note={note} />
      ))}
    </CellGroup>
  )
}

function Documents({ view }: { view: CaseView }) {
  return (
    <>
      <Lead title={view.plainName} note={view.ownName ?? view.applicantMasked} />
      <IssuedDocuments view={view} />
      <BroughtPapers papers={view.papers} />
      <Withheld papers={view.papers} />
      {view.answers.length > 0 && (
        <>
          <View className='cell-group__title'>填的内容</View>
          <Card>
            <AnswerFacts answers={view.answers} />
          </Card>
        </>
      )}
      <FreePapers papers={view.papers} />
    </>
  )
}

/** All that is one's own of a case, each to be opened. */
function DocumentsPage() {
  const id = usePageParameter('id') ?? ''
  const { loaded, reload } = useRequest<CaseView>(`/api/cases/${encodeURIComponent(id)}`, 'documents')
  useShownAgain(reload)
  return (
    <Page head={<NavBar title='材料和文书' backTo='tabs/case/my-cases' />}>
      <LoadedView loaded={loaded} label='正在取文书' onRetry={reload} cards={2} rows={2}>
        {(view) => (view.viewer === 'former' ? <FormerCase view={view} /> : <Documents view={view} />)}
      </LoadedView>
    </Page>
  )
}

export default asPage(DocumentsPage)

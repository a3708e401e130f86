import { View } from '@tarojs/components'
import { isImage } from '../../../platform/use-files'
import { Paper, PaperList } from '../../../ui/progress/paper'
import { createNotes, NotBrought, PapersCard, type PapersProps, Side, STATES } from './papers'
import { Thumb } from './thumb'
import { useOthers } from './use-compared'
import { useKeys } from './use-keys'
import { usePaperViewer } from './use-paper-viewer'
import { isOver, letterOfPaper, papersToSee } from './words'

const MOST_THUMBS = 6

/** A row each, the pictures below, and a viewer that the keys 1 to 9 open. */
export function DeskPapers({ view }: PapersProps) {
  const { papers } = view
  const noteOf = createNotes(view)
  const toSee = papersToSee(view)
  const { files, isSeen, open, over } = usePaperViewer(view, toSee)
  const othersOf = useOthers(view)
  const shown = papers
    .flatMap((paper) => paper.files.filter(isImage).map((file, at) => ({ paper, file, at })))
    .slice(0, MOST_THUMBS)
  useKeys(Object.fromEntries(toSee.slice(0, 9).map((paper, at) => [String(at + 1), () => open(paper)])))
  if (papers.length === 0) return null
  return (
    <PapersCard view={view}>
      <PaperList>
        {papers.map((paper) => {
          return (
            <Paper
              key={paper.name}
              name={paper.name}
              state={STATES[paper.state].state}
              note={
                <>
                  {noteOf(paper)}
                  {othersOf(paper).length > 0 && (
                    <View className='today strong'>{othersOf(paper).join('、')}和填的不一样</View>
                  )}
                </>
              }
              side={
                <Side
                  paper={paper}
                  isOpening={false}
                  onOpen={() => open(paper)}
                  wasSeen={isOver(view) ? undefined : isSeen(paper)}
                  letter={letterOfPaper(view, paper.name)}
                />
              }
            />
          )
        })}
      </PaperList>
      {shown.length > 0 && (
        <View className='thumbs'>
          {shown.map(({ paper, file, at }) => (
            <Thumb
              key={file.id}
              file={file}
              bring={files.bring}
              label={`看${paper.name}，第 ${at + 1} 张`}
              caption={paper.name}
              isNew={view.staff?.newFiles.includes(file.id)}
              onOpen={() => open(paper, paper.files.indexOf(file))}
            />
          ))}
        </View>
      )}
      {files.trouble && <NotBrought />}
      {over}
    </PapersCard>
  )
}

import type { CaseView } from '#shared/contract/case'
import { openPage } from '../../../platform/navigation'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { toldWhom } from './family-words'

const whatIn = ({ documents, papers }: CaseView) => {
  const photos = papers.reduce((sum, { files }) => sum + files.length, 0)
  const all = [
    documents.length > 0 && `${documents.length} 份文书`,
    photos > 0 && `交上去的照片 ${photos} 张`,
  ]
  return all.filter(Boolean).join('，') || '填的内容和要的材料'
}

interface KeepCellsProps {
  view: CaseView
  onTell: () => void
}

/** What is one's own of a case: to open, to keep, to pass on. */
export function KeepCells({ view, onTell }: KeepCellsProps) {
  const { id, appliedAgain } = view
  return (
    <CellGroup className='mt-3'>
      {appliedAgain && (
        <Cell
          icon='cases'
          label='后来又申请了一次'
          note='看新的那件办到哪了'
          onPress={() => openPage('features/case/timeline', { id: appliedAgain })}
        />
      )}
      {view.lanes && (
        <Cell
          icon='swap'
          label='各部门办到哪了'
          note={view.lanes.late ?? `${view.lanes.units.length} 家一起办，一只时钟`}
          onPress={() => openPage('features/case/lanes', { id })}
        />
      )}
      <Cell
        icon='paper'
        label='材料和文书'
        note={whatIn(view)}
        onPress={() => openPage('features/case/documents', { id })}
      />
      <Cell
        icon='list'
        label='一页纸'
        note='大字写在一页上，存下来、打出来都行'
        onPress={() => openPage('features/case/one-page', { id })}
      />
      <Cell
        icon='paper'
        label='收件回执'
        note='打出来带着，问的时候报编号'
        onPress={() => openPage('features/case/receipt', { id })}
      />
      <Cell
        icon='pen'
        label='申请书'
        note={view.commitment?.fits === false ? '保证以后改过内容' : '填的、交的都在上面'}
        onPress={() => openPage('features/case/receipt', { id, of: 'application' })}
      />
      {view.viewer === 'applicant' && (
        <Cell
          icon='family'
          label={`告诉${toldWhom(view)}`}
          note={`一句话，转给${toldWhom(view)}`}
          onPress={onTell}
        />
      )}
    </CellGroup>
  )
}

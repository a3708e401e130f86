import type { CaseView } from '#shared/contract/case'
import { openPage } from '../../../platform/navigation'
import { Cell, CellGroup } from '../../../ui/surface/cell'

/** To the picture that the applicant sees too: which unit is on time, and which waits for which. */
export function LanesCell({ view: { id, lanes } }: { view: CaseView }) {
  if (!lanes) return null
  return (
    <CellGroup className='mt-3'>
      <Cell
        icon='swap'
        label='各部门办到哪了'
        note={lanes.late ?? `${lanes.units.length} 家一起办，一只时钟，申请人看到的是同一张图`}
        onPress={() => openPage('features/case/lanes', { id })}
      />
    </CellGroup>
  )
}

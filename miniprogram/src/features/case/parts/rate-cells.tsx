import type { CaseView } from '#shared/contract/case'
import { openPage } from '../../../platform/navigation'
import { Cell } from '../../../ui/surface/cell'

/** How it was, asked for or told already. */
export function RateCells({ view: { id, mayRate, rating } }: { view: CaseView }) {
  return (
    <>
      {mayRate && (
        <Cell
          icon='face-2'
          label='这次办得怎么样？'
          note='点一下就好'
          onPress={() => openPage('features/rating/rate', { id })}
        />
      )}
      {rating && <Cell icon='face-2' label='评过了' value={rating.text} />}
    </>
  )
}

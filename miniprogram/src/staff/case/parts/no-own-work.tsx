import { STAFF_ROLE_LABELS } from '#shared/contract/case.labels'
import { OVERSEES, type StaffRole } from '#shared/domain/organization/staff'
import { openPage } from '../../../platform/navigation'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { Notice } from '../../../ui/feedback/notice'
import { Button } from '../../../ui/form/button'
import type { Tab } from './queue-place'
import { useRole } from './use-roles'
import { countWords } from './words'

const ADMIN = ['admin'] as const

/** Whoever fills a post is led to where that is done. */
export function ToArrange({ tab }: { tab: Tab }) {
  const { holds } = useRole(ADMIN)
  if (!holds || tab !== 'unstaffed') return null
  return (
    <Notice
      tone='today'
      className='mb-3'
      action={{ words: '邀请同事', onPress: () => openPage('staff/account/invite') }}
    >
      缺哪个岗位，写在每件下面。请一位同事来任，这里的件就有人办了。
    </Notice>
  )
}

/** What is theirs to do, whom no step of an item names. */
const DUTIES = {
  admin: '岗位上没有人、联络员也没有的件，最后转到你这里，列在“无人办”。',
  'chief-liaison': '各单位没有人办的件归那里的联络员，再归管理员，不到你这里。',
  liaison: '你单位哪个岗位没有人、要回避，件就转到你这里。',
  supervisor: '要看哪一件，按编号找，写明理由，当天能看。第二次补正等你批的，列在这里。',
  hotline: '来电问办到哪了，请本人在“我的办件”里看，或者转办这件的单位。',
  auditor: '你查记录，不办件。',
  leader: '你看全县办得怎么样，不办件。',
} as const satisfies Partial<Record<StaffRole, string>>

type Overseer = keyof typeof DUTIES
const isOverseer = (role: string): role is Overseer => role in DUTIES

/** Whether the reader holds no role that a step of an item names; false while nobody knows. */
export function useOwnWork() {
  const { roles } = useRole(OVERSEES)
  return { isNone: roles.length > 0 && roles.every(isOverseer) }
}

/** In place of an empty list that would say that all is done: here there never was anything. */
export function NoOwnWork({ unstaffed, onLook }: { unstaffed: number | undefined; onLook: () => void }) {
  const { roles } = useRole(OVERSEES)
  const own = roles.filter(isOverseer)
  return (
    <EmptyState
      title='这里没有归你办的件'
      note={`你的岗位是${own.map((role) => STAFF_ROLE_LABELS[role]).join('、')}，不办自己的件。${own.map((role) => DUTIES[role]).join('')}`}
      action={
        unstaffed !== undefined &&
        unstaffed > 0 && (
          <Button kind='secondary' small onPress={onLook}>
            看无人办的 {countWords(unstaffed)} 件
          </Button>
        )
      }
    />
  )
}

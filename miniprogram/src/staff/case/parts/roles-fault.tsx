import { Notice } from '../../../ui/feedback/notice'
import { useRole } from './use-roles'

/** Nobody knows yet what the reader may do here beside their queue: it is asked again, never left out in silence. */
export function RolesFault() {
  const { trouble, ask } = useRole([])
  if (!trouble) return null
  return (
    <Notice tone='soon' className='mt-3' action={{ words: '再试', onPress: () => void ask() }}>
      没取到你的岗位，有的入口没显示。
    </Notice>
  )
}

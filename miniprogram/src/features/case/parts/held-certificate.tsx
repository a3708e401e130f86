import { Image, View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { codeWords } from '#shared/domain/case/certificate-code'
import { fullDay } from '#shared/domain/kernel/day-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { aria } from '../../../platform/aria'
import { openPage } from '../../../platform/navigation'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'

type Held = NonNullable<CaseView['certificate']>

export function validityWords({ status, validTo }: Pick<Held, 'status' | 'validTo'>) {
  if (status === 'revoked') return '已经作废，不能再用'
  if (validTo === null) return '长期有效'
  const day = fullDay(validTo as PlainDate)
  return status === 'expired' ? `过期了，只能用到 ${day}` : `用到 ${day}`
}

/** The square that anybody may scan, large enough for an old camera, and its code for whoever cannot. */
export function CheckCode({ certificate }: { certificate: Pick<Held, 'code' | 'picture'> }) {
  const { code, picture } = certificate
  return (
    <Card className='mt-3' title='真伪一扫就知道'>
      <View className='row row--center mt-3'>
        <Image className='check-code' src={picture} {...aria({ hidden: true })} />
      </View>
      <View className='center figure mt-2'>{codeWords(code)}</View>
      <View className='small muted mt-2'>别人扫了，只看到名称、编号、遮住的姓名（单位是全名）和有效期。</View>
    </Card>
  )
}

/** What was granted as a certificate: at hand, to be shown and printed. */
export function HeldCertificate({ view }: { view: CaseView }) {
  const { certificate, id } = view
  if (!certificate) return null
  const { documentId, title } = certificate
  return (
    <>
      <CheckCode certificate={certificate} />
      <CellGroup className='mt-3'>
        <Cell
          icon='paper'
          label={title}
          note={`${validityWords(certificate)}，点开看，能下载打印`}
          onPress={() => openPage('features/case/document', { case: id, id: documentId })}
        />
      </CellGroup>
    </>
  )
}

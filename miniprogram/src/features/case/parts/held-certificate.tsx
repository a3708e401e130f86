import { Image, View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { codeWords } from '#shared/domain/case/result/certificate-code'
import { fullDay } from '#shared/domain/kernel/day-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { aria } from '../../../platform/aria'
import { today } from '../../../platform/clock'
import { openPage } from '../../../platform/navigation'
import { Button } from '../../../ui/form/button'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { shortDayWords } from '../../../ui/words/dates'
import { sentence } from '../../../ui/words/waits'
import { useApplyAgain } from './use-apply-again'

type Held = NonNullable<CaseView['certificate']>

export function validityWords({
  status,
  validFrom,
  validTo,
}: Pick<Held, 'status' | 'validFrom' | 'validTo'>) {
  if (status === 'revoked') return '已经作废，不能再用'
  if (validTo === null) return '长期有效'
  const day = fullDay(validTo as PlainDate)
  if (validFrom > today()) return `从 ${fullDay(validFrom as PlainDate)} 起有效，用到 ${day}`
  if (status === 'valid' && validTo < today())
    return `${day}到期，申请了延续，到期没有决定，照法律视为延续，现在有效`
  if (status === 'expired') return `过期了，只能用到 ${day}`
  return `用到 ${day}`
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
      <View className='small muted mt-2'>
        别人扫了，只看到名称、编号、遮住的姓名（单位是全名）、有效期、哪里发的和哪天发的。
      </View>
    </Card>
  )
}

/** 行政许可法 第50条: whoever asks thirty days before its end keeps it until the decision. */
function RenewalCard({ caseId, renewBy }: { caseId: string; renewBy: string }) {
  const { isBusy, trouble, applyAgain } = useApplyAgain(caseId, true)
  const words =
    today() <= renewBy
      ? `最晚 ${shortDayWords(renewBy)} 申请延续，批下来之前，这份证一直有效。`
      : '现在就申请延续。离到期不到 30 天了，到期那天还没批下来，要等批了才能用。'
  return (
    <Card className='mt-3' title='快到期了'>
      <View className='muted mt-1'>{words}</View>
      <View className='mt-3'>
        <Button block kind='secondary' loading={isBusy ? '正在打开' : undefined} onPress={applyAgain}>
          申请延续
        </Button>
      </View>
      {trouble && (
        <View className='danger mt-2' {...aria({ role: 'alert' })}>
          没打开。{sentence(trouble.detail ?? trouble.title)}
        </View>
      )}
    </Card>
  )
}

/** What was granted as a certificate: at hand, to be shown and printed. */
export function HeldCertificate({ view }: { view: CaseView }) {
  const { certificate, id } = view
  if (!certificate) return null
  const { documentId, title, renewBy } = certificate
  return (
    <>
      {renewBy !== null && <RenewalCard caseId={id} renewBy={renewBy} />}
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

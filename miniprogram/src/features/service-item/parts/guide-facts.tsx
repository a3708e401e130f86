import { View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import type { ServiceGuide } from '#shared/contract/service-item'
import { openPage } from '../../../platform/navigation'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { Facts } from '../../../ui/surface/facts'

/** A row that opens in its place. */
function Fold({ label, children }: { label: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Cell
        label={label}
        arrow={isOpen ? 'up' : 'down'}
        said={{ expanded: isOpen }}
        onPress={() => setOpen(!isOpen)}
      />
      {isOpen && <View className='guide-fold'>{children}</View>}
    </>
  )
}

const lawOf = ({ law, article }: ServiceGuide['legalBasis'][number]) =>
  article === null ? law : `${law} ${article}`

/** Everything the county publishes of an item; folded, because few people ask. */
export function GuideFacts({ guide }: { guide: ServiceGuide }) {
  const facts = [
    { key: '法定期限', value: guide.statutoryText },
    ...guide.facts.map(({ label, value }) => ({ key: label, value })),
  ]
  return (
    <CellGroup className='mt-3'>
      {guide.faq.length > 0 && (
        <Fold label='别人常问'>
          {guide.faq.map(({ q, a }) => (
            <View key={q} className='mt-3'>
              <View className='strong'>{q}</View>
              <View className='mt-1'>{a}</View>
            </View>
          ))}
        </Fold>
      )}
      <Fold label='办理依据'>
        {guide.legalBasis.map((basis) => (
          <View key={lawOf(basis)} className='mt-2'>
            {lawOf(basis)}
          </View>
        ))}
      </Fold>
      <Fold label='事项编码和全部信息'>
        <Facts facts={facts} />
      </Fold>
      <Cell label='投诉建议' onPress={() => openPage('features/feedback/complain')} />
    </CellGroup>
  )
}

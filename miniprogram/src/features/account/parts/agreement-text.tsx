import { View } from '@tarojs/components'
import type { AgreementRead } from '#shared/contract/account'
import { fullDay } from '#shared/domain/kernel/day-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { aria } from '../../../platform/aria'
import { Section } from '../../../ui/layout/section'
import { Card } from '../../../ui/surface/card'
import { Points } from '../../../ui/surface/points'
import { Tag } from '../../../ui/surface/tag'

/** “第 1 版，2026年11月1日起用” */
export const versionWords = ({ version, effectiveOn }: Pick<AgreementRead, 'version' | 'effectiveOn'>) =>
  `第 ${version} 版，${fullDay(effectiveOn as PlainDate)}起用`

function DataClasses({ data }: Pick<AgreementRead, 'data'>) {
  return (
    <View className='mt-2' {...aria({ role: 'list', label: '用到哪些信息' })}>
      {data.map(({ name, purpose, kept, sensitive }) => (
        <View key={name} className='data-class' {...aria({ role: 'listitem' })}>
          <View className='row row--between gap-2'>
            <View className='strong grow'>{name}</View>
            {sensitive && <Tag tone='must'>敏感</Tag>}
          </View>
          <View className='small muted mt-1'>{purpose}</View>
          <View className='small muted'>{kept}</View>
        </View>
      ))}
    </View>
  )
}

/** Five sentences, then the whole. 个人信息保护法 第17条 */
export function AgreementText({ agreement }: { agreement: AgreementRead }) {
  const { brief, changes, data, sections } = agreement
  return (
    <>
      <Card className='mt-4' title='五句话说完'>
        <Points points={brief} className='mt-2' />
      </Card>
      {changes !== null && (
        <Card tone='tint' className='mt-3' title='这一版改了什么'>
          <View className='mt-1'>{changes}</View>
        </Card>
      )}
      <Section title='全文'>
        <Card>
          <View className='small muted'>{versionWords(agreement)}</View>
          {data.length > 0 && <DataClasses data={data} />}
          {sections.map(({ title, paragraphs }) => (
            <View key={title} className='mt-4'>
              <View className='strong' {...aria({ role: 'heading', level: 3 })}>
                {title}
              </View>
              {paragraphs.map((words) => (
                <View key={words} className='mt-1'>
                  {words}
                </View>
              ))}
            </View>
          ))}
        </Card>
      </Section>
    </>
  )
}

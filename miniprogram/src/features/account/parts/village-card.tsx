import { View } from '@tarojs/components'
import { useState } from 'react'
import type { AboutCounty, Account, AccountChanged } from '#shared/contract/account'
import { call } from '../../../platform/api'
import { useAction } from '../../../platform/use-action'
import { showToast } from '../../../ui/feedback/toast'
import { TroubleView } from '../../../ui/feedback/trouble'
import { Field } from '../../../ui/form/field'
import { CascadeRow } from '../../../ui/form/picker-row'
import { Card } from '../../../ui/surface/card'

interface VillageCardProps {
  account: Account
  about: AboutCounty | undefined
  onChanged: () => unknown
}

const groupsOf = (about: AboutCounty) =>
  about.towns.map(({ name, villages }) => ({
    label: name,
    options: villages.map((village) => ({ value: village.id, label: village.name })),
  }))

/** The village one lives in: it names the service point nearby and fills in the forms. */
export function VillageCard({ account, about, onChanged }: VillageCardProps) {
  const groups = about ? groupsOf(about) : []
  const own = groups.findIndex(({ options }) => options.some(({ value }) => value === account.villageCode))
  const [group, setGroup] = useState<number>()
  const { trouble, run } = useAction()
  const save = (villageCode: string) =>
    run(
      () => call<AccountChanged>('POST', '/api/account', { villageCode }),
      async () => {
        await onChanged()
        showToast('记下了')
      },
    )
  return (
    <Card className='mt-3'>
      <Field id='village' label='你住哪个村或社区' hint='记住了，填表不用再选，也看得到离你近的服务点'>
        <CascadeRow
          id='village'
          label='你住哪个村或社区'
          groups={groups}
          group={group ?? Math.max(own, 0)}
          onGroup={setGroup}
          value={account.villageCode ?? undefined}
          onChange={save}
          isPrefilled={own >= 0}
        />
      </Field>
      {trouble && (
        <View className='mt-3'>
          <TroubleView trouble={trouble} title='没记上，再选一次' onRetry={onChanged} />
        </View>
      )}
    </Card>
  )
}

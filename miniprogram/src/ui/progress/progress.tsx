import { View } from '@tarojs/components'
import { aria } from '../../platform/aria'
import { classNames } from '../class-names'

interface ProgressProps {
  /** From 1. */
  step: number
  of: number
  name: string
  /** At the right: “已自动保存”. */
  note?: string | undefined
}

const steps = (of: number) => Array.from({ length: of }, (_, at) => at + 1)

export function Progress({ step, of, name, note }: ProgressProps) {
  return (
    <View
      className='progress'
      {...aria({
        role: 'progressbar',
        valuenow: Math.round((100 * step) / of),
        label: `第 ${step} 步，共 ${of} 步，${name}`,
      })}
    >
      <View className='progress__words'>
        <View>
          第 {step} 步，共 {of} 步
        </View>
        {note !== undefined && <View>{note}</View>}
      </View>
      <View className='progress__bar'>
        {steps(of).map((each) => (
          <View
            key={each}
            className={classNames('progress__part', each < step && 'is-done', each === step && 'is-now')}
          />
        ))}
      </View>
    </View>
  )
}

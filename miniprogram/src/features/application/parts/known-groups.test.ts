import { expect, test } from 'vitest'
import type { Field } from '#shared/domain/service-item/item'
import { groupsOf } from './known-groups'

const field = (key: string) =>
  ({
    key,
    kind: 'text',
    label: key,
    required: true,
    hint: null,
    prefill: null,
    sensitive: false,
    showWhen: null,
    maxLength: 50,
    computed: null,
  }) as unknown as Field

const SOURCES: Readonly<Record<string, string>> = {
  name: '来自身份证',
  idNo: '来自身份证',
  mobile: '你的手机号',
  birth: '来自身份证',
}

const keysOf = (keys: readonly string[]) =>
  groupsOf(keys.map(field), ({ key }) => SOURCES[key]).map(({ source, fields }) => [
    source,
    ...fields.map(({ key }) => key),
  ])

test('neighbours of one source are one group', () => {
  expect(keysOf(['name', 'idNo', 'mobile'])).toEqual([
    ['来自身份证', 'name', 'idNo'],
    ['你的手机号', 'mobile'],
  ])
})

test('the order of the form stays, and what nobody knows stands alone', () => {
  expect(keysOf(['name', 'mobile', 'birth', 'a', 'b'])).toEqual([
    ['来自身份证', 'name'],
    ['你的手机号', 'mobile'],
    ['来自身份证', 'birth'],
    [undefined, 'a'],
    [undefined, 'b'],
  ])
})

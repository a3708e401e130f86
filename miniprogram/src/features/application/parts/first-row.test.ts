import { expect, test } from 'vitest'
import type { Field } from '#shared/domain/service-item/item'
import { withFirstRows } from './first-row'

const field = (key: string, prefill: string | null, more: object = {}) =>
  ({ key, label: key, kind: 'text', prefill, required: true, ...more }) as unknown as Field
const MEMBERS = field('members', null, {
  kind: 'table',
  columns: [
    field('mName', 'identity.name'),
    field('mId', 'identity.idNo'),
    field('mRel', null, { kind: 'select', options: ['本人', '子女'] }),
    field('mIncome', null),
  ],
})
const FORM = [field('name', 'identity.name'), field('idNo', 'identity.idNo'), MEMBERS]

test('who applies stands in the first row, as they are written above', () => {
  expect(withFirstRows(FORM, { name: '陈桂兰', idNo: '1' }, {})).toEqual({
    name: '陈桂兰',
    idNo: '1',
    members: [{ mName: '陈桂兰', mId: '1', mRel: '本人' }],
  })
})

test('where the form does not ask above, as they are known', () => {
  expect(withFirstRows([MEMBERS], {}, { 'members/0/mName': '李建国' })).toEqual({
    members: [{ mName: '李建国', mRel: '本人' }],
  })
})

test('of nobody nothing is filled in, and what somebody has touched stays', () => {
  expect(withFirstRows(FORM, { name: '' }, {})).toEqual({ name: '' })
  const touched = { name: '陈桂兰', members: [{}] }
  expect(withFirstRows(FORM, touched, {})).toBe(touched)
})

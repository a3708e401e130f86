import { expect, test } from 'vitest'
import { chosenMethod } from './chosen-method'

const viewOf = (methods: readonly string[], chosen: string | null) =>
  ({
    staff: { deliveryMethods: methods },
    delivery: { choice: chosen === null ? null : { method: chosen, label: '', address: null } },
  }) as unknown as Parameters<typeof chosenMethod>[0]

test.each([
  [['electronic', 'pickup'], 'pickup', 'pickup'],
  // It goes by post, which is written down elsewhere: nothing is said in its place.
  [['electronic', 'pickup'], 'post', undefined],
  [['pickup'], 'post', undefined],
  [['pickup'], null, 'pickup'],
  [['electronic', 'pickup'], null, undefined],
])('of %j, %s chosen: %s', (methods, chosen, method) => {
  expect(chosenMethod(viewOf(methods, chosen))).toBe(method)
})

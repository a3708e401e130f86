/** Builds one target; `ifChanged` leaves a build alone whose sources are as they were, `quiet` shows only what went wrong. */
export function buildPages(
  target: 'weapp' | 'h5',
  options?: { readonly ifChanged?: boolean; readonly quiet?: boolean },
): Promise<void>

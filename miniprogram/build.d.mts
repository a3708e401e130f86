/**
 * Builds one target; `ifChanged` leaves a build alone whose sources are as they were, `quiet` shows only what went wrong.
 * What is built for WeChat is for people, and refused where it could not be, unless `local`.
 */
export function buildPages(
  target: 'weapp' | 'h5',
  options?: { readonly ifChanged?: boolean; readonly quiet?: boolean; readonly local?: boolean },
): Promise<void>

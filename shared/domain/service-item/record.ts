import type { ServiceItem } from './item'

/** 备案 takes note of something and permits nothing: its papers say no 准予. */
export const isRecord = ({ name }: Pick<ServiceItem, 'name'>) => name.endsWith('备案')

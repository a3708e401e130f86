export { phoneOf, windowOf } from './guide'
export type { MyCases } from './home'
export { createReferenceSource, type Reference, type ReferenceSource, referenceDemand } from './reference'
export { createServiceItemRoutes } from './routes'

export { createReferenceSource, type Reference, type ReferenceSource } from './reference'
export { createServiceItemRoutes } from './routes'
export { townsOf } from './towns'

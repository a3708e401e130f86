export { createHandOver } from './hand-over'
export { createDeskRoutes } from './routes'

export { createRatingRoutes } from './routes'

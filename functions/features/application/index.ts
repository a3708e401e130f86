export { answerContext } from './answer-context'
export { createFilePostRoutes } from './file-posts'
export { createApplicationRoutes } from './routes'
export { sealUploads } from './seal-uploads'

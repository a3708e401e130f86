export { dropFactorOf } from './desk/second-factor'
export { endWork } from './end-work'
export { inviteByOperator } from './invitations'
export { createAccountRoutes } from './routes'

export { inviteByOperator } from './invitations'
export { createAccountRoutes } from './routes'

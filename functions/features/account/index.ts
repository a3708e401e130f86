export { inviteStaff } from './invitations'
export { createAccountRoutes } from './routes'

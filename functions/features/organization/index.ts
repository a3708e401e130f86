export { type CountyRegistry, loadRegistry } from './registry'
export { townsOf } from './towns'

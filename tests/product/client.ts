export {
  type Answer,
  act,
  asItShouldBe,
  type Client,
  caseOf,
  clientOf,
  countersign,
  newcomer,
  type Person,
  PHOTO,
  paidBy,
  ticked,
} from '../../functions/simulation/client'

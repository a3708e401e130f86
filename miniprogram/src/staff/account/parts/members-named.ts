/** More than so many are found by name. */
export const SHOWN = 30

/** By a part of their name or of a post. */
export function membersNamed<Named extends { readonly name: string; readonly posts: readonly string[] }>(
  members: readonly Named[],
  typed: string,
): readonly Named[] {
  const wanted = typed.trim()
  return members.filter(({ name, posts }) => [name, ...posts].some((words) => words.includes(wanted)))
}

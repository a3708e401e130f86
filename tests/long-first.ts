import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** A checkout that has not run yet takes a file's size for its length: these take longer than they look. */
const LONG = /\/(e2e\/(pages|desk|start)|product\/(items|who-sees-what|many-hands))\.test\.ts$/

/** Long files first: else one process goes on with the last of them while the others have nothing left. */
export default class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files)
    const projects = [...new Set(sorted.map(({ project }) => project))]
    return projects.flatMap((project) => {
      const own = sorted.filter((file) => file.project === project)
      const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId)
      return [...own.filter(isLong), ...own.filter((file) => !isLong(file))]
    })
  }
}

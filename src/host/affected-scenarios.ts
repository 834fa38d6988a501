import { relative } from 'node:path'
import type { FoundFile, ScenarioResult } from '../protocol/scenario.ts'
import type { FileToRun } from './scenario-pool.ts'

const SCENARIO = /\.scenario\.(ya?ml|json)$/

/**
 * What has to be played again after files changed: a scenario file that changed itself or extends one that did; of a changed hook those that it ran in,
 * and those that have not been played yet; of anything else below their folder (flows, content, configuration, pages) all.
 */
export function affectedBy(changed: readonly string[], found: readonly FoundFile[], results: readonly ScenarioResult[]): FileToRun[] {
  const relevant = changed.filter(file => !/[\\/](\.git|node_modules)[\\/]/.test(file))
  return found.flatMap(({ file, uses, root, scenarios }): FileToRun[] => {
    if (relevant.some(one => one === file || uses.includes(one))) return [{ file }]
    const below = relevant.filter(
      one => root !== undefined && !relative(root, one).startsWith('..') && !SCENARIO.test(one) && !/\.trace\.txt$/.test(one)
    )
    if (below.length === 0) return []
    const hooks = below.filter(one => /[\\/]hooks[\\/].*\.js$/.test(one))
    if (hooks.length < below.length) return [{ file }]
    const ids = scenarios
      .filter(({ id }) => {
        const result = results.find(one => one.file === file && one.id === id)
        // A hook that is new, or that failed to load, stands in no result.
        return result?.outcome !== 'passed' || hooks.some(hook => result.ran.includes(hook) || !results.some(one => one.ran.includes(hook)))
      })
      .map(({ id }) => id)
    return ids.length > 0 ? [{ file, ids }] : []
  })
}

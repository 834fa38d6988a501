import type { FoundFile } from '../protocol/scenario.ts'
import type { FileToRun } from './scenario-pool.ts'

/** What a result tells of a scenario. */
interface Told extends AffectedScenario {
  readonly ran: readonly string[]
}

/** A scenario by its file and its id in there. */
export interface AffectedScenario {
  readonly file: string
  readonly id: string
}

/** Files that a result names when they took part: of others it is not known which scenarios they concern. */
const NAMED = /[\\/]hooks[\\/].*\.js$|\.html?$/i
/** What is played besides the bots' files: pages with their scripts. Reports, coverage and logs that a run writes are not, or watching would never end. */
const PLAYED = /[\\/]data[\\/](bots|global)[\\/]|\.(html?|[mc]?[jt]s)$/i
const NEVER = /[\\/](\.git|node_modules)[\\/]|\.scenario\.(ya?ml|json)$|\.trace\.txt$/i

/**
 * Scenarios that a change of files may concern: their own file or one that they extend, and whatever took part when they were played. One that was never
 * played, and a file of which no result could tell (a flow, a new hook), concern all of the folder.
 */
export function affectedScenarios(changed: readonly string[], found: readonly FoundFile[], results: readonly Told[]): AffectedScenario[] {
  const told = new Map(results.map(result => [`${result.file}\n${result.id}`, result.ran.map(normal)]))
  const known = new Set([...told.values()].flat())
  return found.flatMap(({ file, scenarios, uses, root }) => {
    const own = [file, ...uses].map(normal)
    const folder = root === undefined ? undefined : `${normal(root).replace(/\/$/, '')}/`
    const concerns = (one: string, ran: readonly string[] | undefined): boolean => {
      if (own.includes(normal(one))) return true
      if (folder === undefined || !normal(one).startsWith(folder) || NEVER.test(one) || !PLAYED.test(one)) return false
      return ran === undefined || ran.includes(normal(one)) || !NAMED.test(one) || !known.has(normal(one))
    }
    return scenarios.filter(({ id }) => changed.some(one => concerns(one, told.get(`${file}\n${id}`)))).map(({ id }) => ({ file, id }))
  })
}

/** The same, the scenarios of a file together. */
export function affectedFiles(changed: readonly string[], found: readonly FoundFile[], results: readonly Told[]): FileToRun[] {
  const files = new Map<string, string[]>()
  for (const { file, id } of affectedScenarios(changed, found, results)) files.set(file, [...(files.get(file) ?? []), id])
  // A file with a mistake has no scenario yet; mended, it has.
  for (const { file } of found) if (changed.includes(file)) files.set(file, [])
  return [...files].map(([file, ids]) => ({ file, ...(ids.length > 0 && { ids }) }))
}

/** For comparing: drive letters and slashes differ by who names a file. */
function normal(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\/?([A-Za-z]):/, (_, drive: string) => `${drive.toLowerCase()}:`)
}

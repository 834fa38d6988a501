import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Misuse } from './misuse.ts'

/** The one folder that a command takes, absolute; the current one when none is given. */
export function folderOf(positionals: readonly string[]): string {
  if (positionals.length > 1) throw new Misuse(`Only one folder is taken, but ${positionals.length} were given: ${positionals.join(', ')}`)
  const folder = resolve(positionals[0] ?? '.')
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new Misuse(`There is no folder ${folder}`)
  return folder
}

/** A whole number of an option; `undefined` where it was not given. */
export function numberOf(option: string, text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > max) throw new Misuse(`--${option} takes a whole number from 0 to ${max}, not '${text}'`)
  return value
}

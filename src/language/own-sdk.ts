import { existsSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { readText } from './workspace.ts'

/** What hooks are told about Botpress: `bundled` are our own declarations, `workspace` the file of the workspace, anything else is the path of one. */
export type SdkChoice = string

export const BUNDLED_SDK: SdkChoice = 'bundled'

/** Where a workspace has its own declarations: beside the data, among its typings, or in a checkout of Botpress v12. */
const USUAL_PLACES = [
  'botpress.d.ts',
  'typings/botpress.d.ts',
  'types/botpress.d.ts',
  'src/typings/botpress.d.ts',
  'data/botpress.d.ts',
  'data/typings/botpress.d.ts',
  'src/bp/sdk/botpress.d.ts',
  'packages/bp/src/sdk/botpress.d.ts',
  'node_modules/botpress/sdk/botpress.d.ts'
]

/**
 * The declaration file to use instead of ours.
 *
 * @returns its absolute path, or undefined when ours are meant or there is no such file
 */
export function findSdk(folders: readonly string[], choice: SdkChoice): string | undefined {
  if (choice === BUNDLED_SDK) return undefined
  const places = choice === 'workspace' ? USUAL_PLACES : [choice]
  return places
    .flatMap(place => (isAbsolute(place) ? [place] : folders.map(folder => join(resolve(folder), place))))
    .find(path => existsSync(path) && readText(path) !== undefined)
}

const MODULE = /^\s*declare\s+module\s+['"](botpress\/sdk|botpress)['"]/m
const GLOBAL = /^\s*declare\s+(namespace|module)\s+sdk\b/m

/**
 * A declaration file that makes a workspace's own SDK known as the namespace `sdk`, in whichever way it is written: as a module of its own name,
 * as a file that exports, or as that namespace already.
 */
export function sdkGlue(path: string, text: string): string {
  if (GLOBAL.test(text)) return ''
  const from = MODULE.exec(text)?.[1] ?? path.replace(/\.d\.ts$/, '')
  return `export * from '${from.replaceAll('\\', '/')}'\nexport as namespace sdk\n`
}

/** Whether a declaration file is part of ours that another SDK replaces. */
export function declaresSdk(text: string): boolean {
  return GLOBAL.test(text)
}

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { locateHook } from '../botpress/hook-path.ts'
import { HOOK_TYPES } from '../botpress/hook-types.ts'
import type { LeftOut } from '../protocol/to-panel.ts'
import { similar } from '../trace/words.ts'
import { botIds, pathBelow } from './workspace.ts'

const TYPES = HOOK_TYPES.map(({ id }) => id as string)
const SWITCHED_OFF: Record<NonNullable<NonNullable<ReturnType<typeof locateHook>>['ignored']>, string> = {
  'dot-file': 'its name begins with a dot, which switches it off',
  'dot-folder': 'its folder begins with a dot, which switches it off',
  'global-only-type': 'a bot has no hooks of this type, only data/global has'
}

/** Scripts that lie among the hooks and never run, each with its reason (R1.1 to R1.4, BPH026, BPH027). */
export function leftOut(root: string): LeftOut[] {
  const homes: { botId?: string; home: string }[] = [
    { home: join(root, 'data', 'global') },
    ...botIds(root).map(botId => ({ botId, home: join(root, 'data', 'bots', botId) }))
  ]
  return homes.flatMap(({ botId, home }) =>
    scriptsBelow(join(home, 'hooks')).flatMap(file => {
      const why = whyLeftOut(file, pathBelow(home, file))
      return why === undefined ? [] : [{ file, ...(botId !== undefined && { botId }), why }]
    })
  )
}

/** Absolute paths, also of what begins with a dot. */
function scriptsBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return all
    .filter(path => /\.[mc]?[jt]sx?$/i.test(path) && !/node_modules/.test(path))
    .sort()
    .map(path => join(folder, path))
}

/** @param below path from `hooks/` on */
function whyLeftOut(file: string, below: string): string | undefined {
  const [, type, ...rest] = below.split('/')
  if (rest.length === 0) return 'a hook lies in a folder named after its type'
  if (!TYPES.includes(type!)) {
    const meant = similar(type!, TYPES)
    return `there is no hook type “${type}”${meant === undefined ? '' : `; “${meant}” is one`}`
  }
  if (!/\.js$/i.test(file)) return 'only files named *.js run'
  const ignored = locateHook(file)?.ignored
  return ignored && SWITCHED_OFF[ignored]
}

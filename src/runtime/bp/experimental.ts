import { isAtLeast } from '../../botpress/versions.ts'
import type { GhostFiles } from '../files.ts'
import { refuse } from './refuse.ts'
import { RENDER } from './render.ts'

/** `bp.experimental` (R1.12, R18.9). */
export function experimentalOf(files: GhostFiles, version: string) {
  return {
    render: RENDER,
    disableHook: async (name: string, type: string, module?: string) => rename(files, type, module, `${name}.js`, `.${name}.js`),
    enableHook: async (name: string, type: string, module?: string) => rename(files, type, module, `.${name}.js`, `${name}.js`),
    ...(hasConversations(version) && { conversations: unserved('conversations'), messages: unserved('messages') })
  }
}

/** They existed in 12.19 to 12.23 only (R18.8). */
function hasConversations(version: string): boolean {
  return isAtLeast(version, '12.19.0') && !isAtLeast(version, '12.24.0')
}

function unserved(name: string): object {
  const instead = 'use bp.events.replyToEvent to speak; the tables web_conversations and web_messages of bp.database hold what was said.'
  const calls = (path: string): object => new Proxy({}, { get: (_target, key) => refuse(`${path}.${String(key)}`, instead) })
  return { forBot: (_botId: string) => calls(`bp.experimental.${name}.forBot()`) }
}

/** In the global folder only; never rejects. */
function rename(files: GhostFiles, type: string, module: string | undefined, from: string, to: string): boolean {
  try {
    const folder = `global/hooks/${type}${module ? `/${module}` : ''}`
    files.write(`${folder}/${to}`, files.read(`${folder}/${from}`))
    files.delete(`${folder}/${from}`)
    return true
  } catch {
    return false
  }
}

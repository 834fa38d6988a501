import { join } from 'node:path'
import lodash from 'lodash'
import { MODULE_DEFAULTS } from '../../botpress/module-config.ts'
import type { GhostFiles } from '../files.ts'
import type { Workspace } from '../workspace.ts'

/** `bp.config` (R18.5). */
export function configOf(workspace: Workspace, files: GhostFiles, env: Record<string, string | undefined>) {
  const at = (...parts: string[]) => join(workspace.root, 'data', ...parts)
  const global = (module: string) => workspace.json(at('global', 'config', `${module}.json`)) ?? {}
  const defaults = (module: string) => (MODULE_DEFAULTS as Record<string, object>)[module]
  return {
    getModuleConfig: async (module: string) => ({ ...defaults(module), ...global(module), ...fromEnv(module, env) }),
    getModuleConfigForBot: async (module: string, botId: string, ignoreGlobal = false) => ({
      ...defaults(module),
      ...(!ignoreGlobal && { ...global(module), ...fromEnv(module, env) }),
      ...workspace.json(at('bots', botId, 'config', `${module}.json`))
    }),
    getBotpressConfig: async () => workspace.serverConfig(),
    /** Kept apart from the workspace's file, like every write. */
    mergeBotConfig: async (botId: string, partial: object, _ignoreLock?: boolean) => {
      const bot = workspace.bots().get(botId)
      if (!bot) throw new Error(`There is no bot "${botId}" in data/bots`)
      const merged = lodash.merge(lodash.cloneDeep(bot), partial)
      files.write(`bots/${botId}/bot.config.json`, Buffer.from(JSON.stringify(merged, null, 2)))
      return merged
    }
  }
}

/** `BP_MODULE_<MODULE>_<KEY>` overrides a key of the global file. */
function fromEnv(module: string, env: Record<string, string | undefined>): Record<string, unknown> {
  const prefix = `BP_MODULE_${module.replace(/-/g, '_').toUpperCase()}_`
  const found: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(prefix) || value === undefined) continue
    try {
      found[lodash.camelCase(name.slice(prefix.length))] = JSON.parse(value)
    } catch {
      found[lodash.camelCase(name.slice(prefix.length))] = value
    }
  }
  return found
}

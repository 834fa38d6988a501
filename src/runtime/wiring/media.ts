import type { GhostFiles } from '../files.ts'
import type { RuntimeParts } from '../parts.ts'

/** Files that hooks store with a bot. */
export function mediaOf(files: GhostFiles, uuid: () => string): RuntimeParts['media'] {
  const at = (botId: string, name: string) => `bots/${botId}/media/${name}`
  return {
    save: async (botId, name, content) => {
      const stored = `${uuid()}-${name}`
      files.write(at(botId, stored), Buffer.from(content))
      return stored
    },
    read: async (botId, name) => files.read(at(botId, name)),
    path: (botId, name) => `/api/v1/bots/${botId}/media/${encodeURIComponent(name)}`
  }
}

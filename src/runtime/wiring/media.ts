import type { GhostFiles } from '../files.ts'
import type { RuntimeParts } from '../parts.ts'

export interface Media {
  readonly bp: RuntimeParts['media']
  /** A file that a script stored. */
  stored(botId: string, name: string): Buffer | undefined
}

/** Files that hooks store with a bot. */
export function mediaOf(files: GhostFiles, uuid: () => string): Media {
  const at = (botId: string, name: string) => `bots/${botId}/media/${name}`
  const bp: Media['bp'] = {
    save: async (botId, name, content) => {
      const stored = `${uuid()}-${name}`
      files.write(at(botId, stored), Buffer.from(content))
      return stored
    },
    read: async (botId, name) => files.read(at(botId, name)),
    path: (botId, name) => `/api/v1/bots/${botId}/media/${encodeURIComponent(name)}`
  }
  return {
    bp,
    stored: (botId, name) => files.written(at(botId, name)) ?? undefined
  }
}

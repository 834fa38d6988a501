import type { Cms } from '../cms/cms.ts'
import type { ElementStore } from '../cms/elements.ts'

type Args = Record<string, unknown>

/** `bp.cms` (R13). */
export function cmsOf(cms: Cms, elements: ElementStore, media: { save: Save; read: Read; path: Path }) {
  return {
    renderElement: (id: string, args: Args, destination: { botId: string; channel: string }) => cms.render(id, args, destination ?? {}),
    renderTemplate: <T>(item: T, context: object) => cms.renderTemplate(item, context),
    getContentElement: async (botId: string, id: string, language?: string) => cms.element(botId, id, language),
    getContentElements: async (botId: string, ids: string[], language?: string) =>
      ids.map(id => cms.element(botId, id, language)).filter(element => element !== undefined),
    listContentElements: async (botId: string, type?: string, params?: object, language?: string) =>
      cms.list(botId, type, params, language),
    createOrUpdateContentElement: async (botId: string, type: string, formData: Args, id?: string, language?: string) =>
      cms.createOrUpdate(botId, type, formData, id, language),
    deleteContentElements: async (botId: string, ids: string[]) => {
      for (const id of ids) elements.delete(botId, id)
    },
    getAllContentTypes: async (botId?: string) => cms.types(botId),
    saveFile: media.save,
    readFile: media.read,
    getFilePath: media.path
  }
}

type Save = (botId: string, fileName: string, content: Buffer) => Promise<string>
type Read = (botId: string, fileName: string) => Promise<Buffer>
type Path = (botId: string, fileName: string) => string

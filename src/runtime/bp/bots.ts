import type { Workspace } from '../workspace.ts'
import { refuse } from './refuse.ts'

const ARCHIVES = 'archives of bots are made and read by a real server; work on the folder data/bots instead.'
const REVISIONS = 'use the version control of your workspace.'

/** `bp.bots` (R18.6). */
export function botsOf(workspace: Workspace) {
  return {
    getBotById: async (botId: string) => workspace.bots().get(botId),
    getAllBots: async () => new Map(workspace.bots()),
    exportBot: refuse('bp.bots.exportBot', ARCHIVES),
    importBot: refuse('bp.bots.importBot', `${ARCHIVES} To try a before_bot_import hook, run it from the editor.`),
    getBotTemplate: refuse('bp.bots.getBotTemplate', 'templates come with modules of a real server.'),
    listBotRevisions: refuse('bp.bots.listBotRevisions', REVISIONS),
    createBotRevision: refuse('bp.bots.createBotRevision', REVISIONS),
    rollbackBotToRevision: refuse('bp.bots.rollbackBotToRevision', REVISIONS)
  }
}

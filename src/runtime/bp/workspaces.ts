import { refuse } from './refuse.ts'

const ACCOUNTS = 'there are no accounts here; give a hook the users it needs when you run it from the editor.'

/** `bp.workspaces`: everything is in the one workspace `default`. */
export function workspacesOf() {
  return {
    getBotWorkspaceId: async (_botId: string) => 'default',
    getWorkspaceUsers: async () => [],
    getWorkspaceRollout: async () => ({ rolloutStrategy: 'anonymous', inviteCodes: 0, allowedUsages: 0 }),
    addUserToWorkspace: refuse('bp.workspaces.addUserToWorkspace', ACCOUNTS),
    consumeInviteCode: refuse('bp.workspaces.consumeInviteCode', ACCOUNTS)
  }
}

import type { Users } from '../state/users.ts'

/** `bp.users` (R15). */
export function usersOf(users: Users) {
  return {
    getOrCreateUser: async (channel: string, userId: string, botId?: string) => users.getOrCreate(channel, userId, botId),
    getAttributes: async (channel: string, userId: string) => users.getAttributes(channel, userId),
    setAttributes: async (channel: string, userId: string, attributes: Record<string, unknown>) =>
      users.setAttributes(channel, userId, attributes),
    updateAttributes: async (channel: string, userId: string, attributes: Record<string, unknown>) =>
      users.updateAttributes(channel, userId, attributes),
    getAllUsers: async (paging?: { start?: number; count?: number }) => users.all(paging),
    getUserCount: async () => ({ qty: users.count() })
  }
}

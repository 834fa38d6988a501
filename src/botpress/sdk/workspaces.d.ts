/** Workspaces and who works in them. */
declare namespace sdk.workspaces {
  /** Id of the workspace that a bot belongs to. */
  function getBotWorkspaceId(botId: string): Promise<string>

  /** Lets someone work in a workspace, or chat with its bots. */
  function addUserToWorkspace(email: string, strategy: string, workspaceId: string, options?: AddWorkspaceUserOptions): Promise<void>

  /** Who may chat with the bots of a workspace. */
  function getWorkspaceRollout(workspaceId: string): Promise<WorkspaceRollout>

  /** Uses an invitation up; resolves with whether it was valid. */
  function consumeInviteCode(workspaceId: string, inviteCode?: string): Promise<boolean>

  /** Who works in a workspace; with their attributes when asked for. */
  function getWorkspaceUsers(
    workspaceId: string,
    options?: Partial<GetWorkspaceUsersOptions>
  ): Promise<WorkspaceUser[] | WorkspaceUserWithAttributes[]>
}

declare namespace sdk {
  /** Who may chat with the bots of a workspace. */
  type RolloutStrategy = 'anonymous' | 'anonymous-invite' | 'authenticated' | 'authenticated-invite' | 'authorized'

  /** Who may chat with the bots of a workspace, with the invitation. */
  interface WorkspaceRollout {
    /** Who may. */
    rolloutStrategy: RolloutStrategy
    /** The invitation's code. */
    inviteCode?: string
    /** How often it may still be used. */
    allowedUsages?: number
  }

  /** Someone who works in a workspace. */
  interface WorkspaceUser {
    /** Their address. */
    email: string
    /** How they sign in. */
    strategy: string
    /** Their role. */
    role: string
    /** Id of the workspace. */
    workspace: string
    /** Name of the workspace. */
    workspaceName?: string
  }

  /** Someone who works in a workspace, with what is known of them. */
  type WorkspaceUserWithAttributes = {
    /** What is known of them, such as their name. */
    attributes: any
  } & WorkspaceUser

  /** What `getWorkspaceUsers` returns. */
  interface GetWorkspaceUsersOptions {
    /** Names of the attributes wanted, or `'*'` for all. */
    attributes: string[] | '*'
    /** Whether super administrators are listed too. */
    includeSuperAdmins: boolean
  }

  /** In what role someone is added to a workspace. */
  interface AddWorkspaceUserOptions {
    /** Id of the role. */
    role?: string
    /** In the role for administrators. */
    asAdmin?: boolean
    /** In the role for those who only chat. */
    asChatUser?: boolean
  }

  /** Someone as the server knows them. */
  interface UserInfo {
    /** Their address. */
    email: string
    /** How they sign in. */
    strategy: string
    /** When they were added. */
    createdOn?: string
    /** When they were changed. */
    updatedOn?: string
    /** What is known of them. */
    attributes: any
  }

  /** Someone with what a way to sign in keeps about them. */
  type StrategyUser = {
    /** Number of the row. */
    id?: number
    /** Hash of the password. */
    password?: string
    /** Salt of the hash. */
    salt?: string
    /** Tokens of earlier versions are no longer valid. */
    tokenVersion: number
  } & UserInfo
}

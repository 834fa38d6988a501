/** What a page may give to `init`, `configure` and `mergeConfig` (R20.4). Unknown keys are kept. */
export interface ChatConfig {
  botId?: string
  host?: string
  chatId?: string
  userId?: string
  userIdScope?: string
  conversationId?: string
  botName?: string
  avatarUrl?: string
  botConvoDescription?: string
  composerPlaceholder?: string
  locale?: string
  lazySocket?: boolean
  viewMode?: string
  containerWidth?: number | string
  layoutWidth?: number | string
  className?: string
  /** As the bot says, where the page does not. */
  disableNotificationSound?: boolean
  enableReset: boolean
  closeOnEscape: boolean
  disableAnimations: boolean
  hideWidget: boolean
  showTimestamp: boolean
  useSessionStorage: boolean
  [key: string]: unknown
}

/** The client's defaults (R20.4). */
export const CONFIG_DEFAULTS: ChatConfig = {
  enableReset: true,
  enableTranscriptDownload: true,
  enableConversationDeletion: false,
  enableArrowNavigation: false,
  showConversationsButton: true,
  useSessionStorage: false,
  showUserName: false,
  showUserAvatar: false,
  showTimestamp: false,
  disableAnimations: false,
  hideWidget: false,
  enablePersistHistory: true,
  enableResetSessionShortcut: false,
  enableVoiceComposer: false,
  closeOnEscape: true,
  extraStylesheet: '',
  viewMode: 'Embedded'
}

/** What `configure` leaves: the defaults and its argument (R20.3). */
export function configured(argument: unknown): ChatConfig {
  return { ...CONFIG_DEFAULTS, ...(isPlain(argument) && argument) }
}

/** What `mergeConfig` leaves: objects are merged at every depth, everything else is replaced (R20.3). */
export function merged<T>(base: T, change: unknown): T {
  if (!isPlain(base) || !isPlain(change)) return (change === undefined ? base : change) as T
  const result: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(change)) {
    if (key !== '__proto__') result[key] = merged(result[key], value)
  }
  return result as T
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What the schemas of modules give where no file says otherwise (R18.5, R19.11); modules that are not here have no known defaults. */
export const MODULE_DEFAULTS = {
  'channel-web': {
    maxMessageLength: 360,
    maxMessagesHistory: 20,
    recentConversationLifetime: '6 hours',
    startNewConvoOnTimeout: false,
    lazySocket: false,
    security: { escapeHTML: false },
    showBotInfoPage: false,
    disableNotificationSound: false,
    alwaysScrollDownOnMessages: false,
    chatUserAuthDuration: '24h'
  }
}

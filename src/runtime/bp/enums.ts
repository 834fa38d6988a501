/** Enums that `bp` carries at run time (R18.13). */
export const ENUMS = {
  LoggerLevel: { Info: 'info', Warn: 'warn', Error: 'error', Debug: 'debug', Critical: 'critical' },
  LogLevel: { 0: 'PRODUCTION', 1: 'DEV', 2: 'DEBUG', PRODUCTION: 0, DEV: 1, DEBUG: 2 },
  NodeActionType: { RenderElement: 'render', RunAction: 'run', RenderText: 'say' },
  ButtonAction: { SaySomething: 'Say something', OpenUrl: 'Open URL', Postback: 'Postback' }
} as const

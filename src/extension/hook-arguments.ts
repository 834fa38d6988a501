import type { HookType } from '../botpress/hook-types.ts'

/** Hook types that the events of a chat lead to; the others are called with arguments. */
export function isReachedByEvents(type: HookType): boolean {
  return type.category === 'event' || type.id === 'before_conversation_end'
}

/** The hook type that a conversation leads to which nobody goes on with (R12.2). */
export function isReachedByTimeOut(type: HookType): boolean {
  return type.id === 'before_session_timeout'
}

const STAGE = { id: 'dev', label: 'Development', action: 'promote_copy', reviewers: [], minimumApprovals: 0, reviewSequence: 'serial' }
const PRODUCTION = { ...STAGE, id: 'prod', label: 'Production' }

/** What a hook of the server's own life could be given. Shapes are those of the SDK; `botId` is the bot at hand. */
export function sampleArguments(type: HookType, botId: string): Record<string, unknown> {
  const bot = {
    id: botId,
    name: botId,
    pipeline_status: {
      current_stage: { id: 'dev', promoted_by: 'admin@example.com', promoted_on: '2026-01-01T00:00:00.000Z' },
      stage_request: { id: 'prod', status: 'pending', requested_by: 'author@example.com', requested_on: '2026-01-02T00:00:00.000Z' }
    }
  }
  const samples: Record<string, unknown> = {
    botId,
    tmpFolder: '/tmp/import',
    hookResult: type.id === 'on_stage_request' ? { actions: ['promote_copy'] } : { allowImport: true },
    events: [
      { botId, level: 'error', scope: 'HookService', message: 'Something failed', metadata: {}, timestamp: '2026-01-01T00:00:00.000Z' }
    ],
    bot,
    previousBotConfig: { ...bot, pipeline_status: { current_stage: bot.pipeline_status.current_stage } },
    users: [{ email: 'admin@example.com', strategy: 'default', role: 'admin', attributes: {} }],
    pipeline: [STAGE, PRODUCTION],
    incident: { id: '1', ruleId: 'rule', hostName: 'localhost', startTime: '2026-01-01T00:00:00.000Z', triggerValue: 1, name: 'incident' },
    event: {
      type: 'timeout',
      direction: 'incoming',
      channel: 'web',
      target: 'visitor',
      botId,
      payload: {},
      state: { user: {}, session: { lastMessages: [], workflows: {} }, context: {}, temp: {} }
    }
  }
  return Object.fromEntries(type.args.map(arg => [arg.name, samples[arg.name] ?? null]))
}

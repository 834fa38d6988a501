import { isAtLeast, SINCE } from '../../botpress/versions.ts'
import { originNow } from '../current.ts'
import type { Actions } from '../dialog/actions.ts'
import { Conditions } from '../dialog/conditions.ts'
import { DialogEngine } from '../dialog/engine.ts'
import type { FlowStore } from '../dialog/flows.ts'
import { Instructions } from '../dialog/instructions.ts'
import type { EventEngine } from '../events/engine.ts'
import type { HookRunner } from '../hooks/run-hooks.ts'
import { problemOf } from '../problem.ts'
import type { ScriptRunner } from '../scripts/run.ts'
import type { Content } from './content.ts'
import type { ServerOptions } from './options.ts'
import type { Voice } from './voice.ts'

export interface DialogParts {
  readonly options: ServerOptions
  readonly flows: FlowStore
  readonly actions: Actions
  readonly scripts: ScriptRunner
  readonly content: Content
  readonly hooks: HookRunner
  readonly voice: Voice
  /** The event engine is made after the dialog engine. */
  events(): EventEngine
}

/** The dialog engine with its conditions and instructions (R10, R11). */
export function createDialog({ options, flows, actions, scripts, content, hooks, voice, events }: DialogParts): DialogEngine {
  return new DialogEngine({
    flows,
    conditions: new Conditions(() => scripts.shared),
    instructions: new Instructions({
      actions,
      now: () => options.clock.now(),
      render: (id, args, event) => content.cms.render(id, args, event),
      reply: (event, payloads) => events().reply(event, payloads, event.id, originNow({ by: 'dialog' })),
      logError: (message, event, error, place) =>
        voice.about(event, 'error', 'DialogEngine', message, problemOf(error, undefined, options.settings.root).place ?? place)
    }),
    hooks: (type, args) => hooks.run(type, args),
    hasConversationEnd: isAtLeast(options.settings.botpressVersion, SINCE.conversationEnd),
    report: entry => voice.report(entry),
    onJump: (...args) => options.onJump(...args),
    logWarning: (message, event) => voice.about(event, 'warn', 'DialogEngine', message)
  })
}

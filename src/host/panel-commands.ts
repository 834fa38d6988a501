import type { FromPanel, ToPanel } from '../protocol/panel.ts'
import type { TraceLog } from '../trace/log.ts'
import { nameOf, scenarioOf } from '../trace/recording/scenario.ts'
import type { ClockControl } from './clock-control.ts'
import type { ConditionControl } from './condition-control.ts'
import type { ConversationControl } from './conversation-control.ts'
import { NO_BOTS } from './engine-control.ts'
import type { GestureControl } from './gesture-control.ts'
import type { PageControl } from './page-control.ts'
import type { PanelLines } from './panel-lines.ts'
import type { Replay } from './replay.ts'
import { writeScenario } from './scenario-file.ts'
import type { SharedState } from './shared-state.ts'
import type { SightControl } from './sight-control.ts'
import type { SimulatorOptions } from './simulator-options.ts'
import type { VisitorControl } from './visitor-control.ts'

type Answer = (message: ToPanel) => void
type Commands = { [K in FromPanel['kind']]: (message: FromPanel & { kind: K }, answer: Answer) => void | Promise<void> }

/** What the commands reach. */
export interface Commanded {
  given: SimulatorOptions
  trace: TraceLog
  state: SharedState
  lines: PanelLines
  pages: PageControl
  visitors: VisitorControl
  clock: ClockControl
  conditions: ConditionControl
  gestures: GestureControl
  sight: SightControl
  conversation: ConversationControl
  replay: Replay
  /** The folder that holds `data/`, where there is one. */
  root(): string | undefined
  /** The folder that pages are below. */
  base(): string
  /** Starts the engine, or starts it again after it failed. */
  start(): Promise<void>
  restartServer(): Promise<void>
  inform(text: string): void
}

/** A command for each thing that a panel can ask for. */
export function panelCommands(at: Commanded): (message: FromPanel, answer: Answer) => Promise<void> {
  const commands: Commands = {
    ready: () => {},
    choose: ({ botId, page }) => at.pages.choose(botId, page),
    restart: ({ as }) => (as === 'same' ? steer({ do: 'return' }) : at.pages.replaceVisitor()),
    visitor: ({ command }) => steer(command),
    clock: ({ command }) => at.clock.do(command),
    conditions: async ({ conditions }) => {
      try {
        await at.conditions.set(conditions)
      } finally {
        at.state.update({ conditions: at.conditions.conditions })
      }
    },
    gesture: async ({ gesture }) => {
      await at.gestures.do(gesture)
      at.pages.changed()
    },
    mark: ({ kind: _, ...sight }) => at.sight.mark(sight),
    pick: ({ on }) => at.sight.pick(on),
    readState: async (_, answer) => answer(await at.conversation.read()),
    writeState: async ({ kind: _, ...parts }, answer) => answer(await at.conversation.write(parts)),
    replay: ({ what, reversed }) => at.replay.play(what, reversed),
    playTranscript: ({ transcript }) => at.replay.transcript(transcript),
    live: ({ mode }) => {
      at.replay.mode = mode
    },
    saveScenario: () => saveScenario(at),
    saveText: ({ name, text }) => at.given.saveText?.(name, text),
    openRule: ({ rule }) => {
      if (at.given.openRule) at.given.openRule(rule)
      else at.inform(`${rule} is explained in docs/rules/${rule}.md; a plain browser does not open it.`)
    },
    send: ({ type, payload, times }) => at.conversation.send(type, payload, times),
    clear: () => {
      at.trace.clear()
      at.lines.cleared()
    },
    open: ({ place }) => {
      if (at.given.open) at.given.open(place)
      else at.inform(`${place.file}:${place.line ?? 1} opens in an editor, which a plain browser is not.`)
    },
    trust: () => (at.given.trust ? at.given.trust() : at.start()),
    startEngine: () => at.start(),
    restartServer: () => at.restartServer()
  }

  async function steer(command: (FromPanel & { kind: 'visitor' })['command']): Promise<void> {
    await at.visitors.do(command)
    at.pages.changed()
  }

  return async (message, answer) => {
    await (commands[message.kind] as (message: FromPanel, answer: Answer) => void | Promise<void>)(message, answer)
  }
}

/** The run as a file that plays it, shown in an editor. */
function saveScenario({ given, trace, state, root, base, inform }: Commanded): void {
  const folder = root()
  if (folder === undefined) throw new Error(NO_BOTS)
  const folders = { root: folder, base: base() }
  const draft = scenarioOf(trace.entries, { name: nameOf(trace.entries), botId: state.value.botId, folders })
  if (draft.steps.length === 0) throw new Error('Nothing was done yet that a scenario could play.')
  const file = writeScenario(folders, draft)
  if (given.open) given.open({ file })
  else inform(`Saved as ${file}`)
}

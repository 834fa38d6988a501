import { askArguments } from './arguments-form.ts'
import { CONTEXT } from './contributions.ts'
import type { EventToSend } from './event-choice.ts'
import type { Feature } from './feature.ts'
import { followEvent } from './follow.ts'
import { isReachedByEvents, isReachedByTimeOut } from './hook-arguments.ts'
import { type HookTarget, hookTarget } from './hook-target.ts'
import type { Lab } from './lab.ts'
import { offeredEvents } from './offered-events.ts'
import { pickEvent } from './pick-event.ts'
import type { OpenSimulator } from './simulators.ts'

/** Answers given beforehand, by a test or a keybinding: nothing is asked for them. */
export interface RunAnswers {
  readonly event?: EventToSend
  readonly args?: Record<string, unknown>
}

/** What a hook is run with. */
export type Stimulus = { readonly event: EventToSend } | { readonly args: Record<string, unknown> } | { readonly timeOut: true }

/** Runs a hook by what makes Botpress run it: an event of the chat, or a call of the server. */
export class RunHook implements Feature {
  readonly commands = {
    runHook: (given?: unknown, answers?: RunAnswers) => this.#run(given, answers),
    sendEvent: (given?: unknown) => this.#send(given)
  }
  readonly #lab: Lab

  constructor(lab: Lab) {
    this.#lab = lab
  }

  async #run(given: unknown, answers: RunAnswers | undefined): Promise<void> {
    const { vscode, simulators } = this.#lab
    const target = await hookTarget(this.#lab, given, vscode.l10n.t('Run which hook?'))
    const open = target && (await simulators.readyFor(target.uri))
    const stimulus = open && (await this.ask(open, target, answers))
    if (stimulus) await this.stimulate(open, target, stimulus)
  }

  /** Asks what to run a hook with; undefined when the user left. */
  async ask(open: OpenSimulator, target: HookTarget, answers: RunAnswers = {}): Promise<Stimulus | undefined> {
    const { vscode, context } = this.#lab
    const title = vscode.l10n.t('Run {0}', target.location.relativePath)
    if (isReachedByEvents(target.location.type)) {
      const event =
        answers.event ?? (await pickEvent(vscode, context.workspaceState, await this.#offered(open, target), title, target.uri.path))
      return event && { event }
    }
    // Its event is the conversation's own, as it stands when nobody has answered for long.
    if (isReachedByTimeOut(target.location.type) && answers.args === undefined) return { timeOut: true }
    const { bots, botId } = open.simulator.state
    const args =
      answers.args ??
      (await askArguments(vscode, context.workspaceState, target.location.type, target.location.botId ?? botId ?? bots[0] ?? '', title))
    return args && { args }
  }

  async #offered(open: OpenSimulator, target?: HookTarget) {
    const { vscode, language } = this.#lab
    const [pageEvents, hook] = await Promise.all([
      language.ask('proactiveHooks/pageEvents', {}),
      target && language.ask('proactiveHooks/hookInfo', { uri: target.uri.toString() })
    ])
    return offeredEvents(open.simulator.state.knownEvents, pageEvents ?? [], hook, {
      handled: vscode.l10n.t('handled here'),
      page: (uri, line) => `${vscode.workspace.asRelativePath(vscode.Uri.parse(uri))}:${line}`
    })
  }

  /** Sends the event, or calls the hooks of the type, and shows what happened. Resolves when that is known. */
  async stimulate(open: OpenSimulator, target: HookTarget, stimulus: Stimulus): Promise<void> {
    const { botId } = target.location
    if (botId !== undefined && botId !== open.simulator.state.botId) {
      await open.simulator.handle({ kind: 'choose', botId })
      await open.simulator.ready()
    }
    await this.#lab.panels.reveal()
    if ('event' in stimulus) await this.sendTo(open, stimulus.event, target)
    else if ('timeOut' in stimulus) await this.#timeOut(open, target)
    else await this.#callWith(open, target, stimulus.args)
  }

  /** Sends an event as the simulator's visitor and shows it. Tells when the hook in question was not called by it. */
  async sendTo(open: OpenSimulator, event: EventToSend, target?: HookTarget): Promise<void> {
    const { vscode } = this.#lab
    const { simulator } = open
    const followed = followEvent(simulator.trace, event.type, target?.uri.fsPath, entry => simulator.reveal(entry.seq))
    void vscode.commands.executeCommand('setContext', CONTEXT.eventSent, true)
    try {
      await simulator.handle({ kind: 'send', type: event.type, payload: event.payload })
    } catch (error) {
      followed.stop()
      throw error
    }
    void followed.done.then(({ end, hookRan, received }) => {
      // Once more, now that its steps are there and have their height.
      if (received) simulator.reveal(received.seq)
      if (target && received && end === 'ended' && !hookRan) this.#tellNotCalled(open, target, event, received.seq)
    })
  }

  async #callWith({ simulator }: OpenSimulator, target: HookTarget, args: Record<string, unknown>): Promise<void> {
    const { type, botId = simulator.state.botId } = target.location
    await this.#revealing(simulator, async () => {
      const { args: after } = await simulator.call('hooks', { hookType: type.id, ...(botId !== undefined && { botId }), args })
      this.#lab.log.info(`${target.location.relativePath} ran; its arguments afterwards: ${JSON.stringify(after)}`)
    })
  }

  /** Handles the visitor's conversation as stale. */
  async #timeOut({ simulator }: OpenSimulator, target: HookTarget): Promise<void> {
    const { visitorId, bots } = simulator.state
    const botId = target.location.botId ?? simulator.state.botId ?? bots[0] ?? ''
    await this.#revealing(simulator, async () => void (await simulator.call('timeOut', { botId, visitorId })))
  }

  /** Shows the first hook that runs meanwhile. */
  async #revealing(simulator: OpenSimulator['simulator'], work: () => Promise<void>): Promise<void> {
    const before = simulator.trace.entries.length
    const leave = simulator.trace.subscribe(entries => {
      const first = entries.find(entry => entry.kind === 'hook-started' && entry.seq > before)
      if (first) simulator.reveal(first.seq)
    })
    try {
      await work()
    } finally {
      leave()
    }
  }

  async #send(given: unknown): Promise<void> {
    const { vscode, context, simulators, panels } = this.#lab
    const open = await simulators.readyFor()
    if (!open) return
    const typed = given as EventToSend | undefined
    const event =
      typeof typed?.type === 'string'
        ? { type: typed.type, payload: typed.payload ?? {} }
        : await pickEvent(vscode, context.workspaceState, await this.#offered(open), vscode.l10n.t('Send Event'))
    if (!event) return
    await panels.reveal()
    await this.sendTo(open, event)
  }

  #tellNotCalled(open: OpenSimulator, target: HookTarget, event: EventToSend, seq: number): void {
    const { vscode } = this.#lab
    const show = vscode.l10n.t('Show Trace')
    const sentence = vscode.l10n.t('The event “{0}” ended without calling {1}.', event.type, target.location.relativePath)
    void vscode.window.showInformationMessage(sentence, show).then(async choice => {
      if (choice !== show) return
      await vscode.commands.executeCommand('proactiveHooks.openSimulator')
      open.simulator.reveal(seq)
    })
  }

  dispose(): void {}
}

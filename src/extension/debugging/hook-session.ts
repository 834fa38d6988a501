import type * as vscode from 'vscode'
import type { Lab } from '../lab.ts'
import { sentenceOf } from '../sentence.ts'
import { debugHook } from './debug-event.ts'
import { debugScenario } from './debug-scenario.ts'
import { type LaunchConfiguration, type Misfit, readLaunch } from './launch-configuration.ts'

/** What is debugged, once the debugger is attached. */
export interface Debuggee {
  /** Resolves when it is over by itself. */
  readonly over: Promise<void>
  /** Ends it. */
  end(): void
}

/** What a debuggee may tell the debug console. */
export type Say = (text: string, category?: 'console' | 'stderr') => void

interface Request {
  seq: number
  type: 'request'
  command: string
  arguments?: Record<string, unknown>
}

/**
 * Our part of a debug session: starts what is debugged and ends it. Breakpoints, stops and variables are the business of the JavaScript debugger, which
 * is attached below this session.
 */
export class HookSession implements vscode.DebugAdapter {
  readonly onDidSendMessage: vscode.Event<vscode.DebugProtocolMessage>
  readonly #messages: vscode.EventEmitter<vscode.DebugProtocolMessage>
  readonly #lab: Lab
  readonly #session: vscode.DebugSession
  #seq = 0
  #debuggee: Debuggee | undefined
  #ended = false

  constructor(lab: Lab, session: vscode.DebugSession) {
    this.#lab = lab
    this.#session = session
    this.#messages = new lab.vscode.EventEmitter()
    this.onDidSendMessage = this.#messages.event
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    const request = message as Request
    if (request.type === 'request') void this.#answer(request)
  }

  async #answer(request: Request): Promise<void> {
    try {
      const body = await this.#do(request)
      this.#send({ type: 'response', request_seq: request.seq, command: request.command, success: true, body })
      if (request.command === 'initialize') this.#event('initialized')
    } catch (error) {
      const text = sentenceOf(error)
      this.#lab.log.error(error instanceof Error ? error : text)
      const body = { error: { id: 1, format: text, showUser: true } }
      this.#send({ type: 'response', request_seq: request.seq, command: request.command, success: false, message: text, body })
      if (request.command === 'launch') this.#event('terminated')
    }
  }

  async #do({ command, arguments: args = {} }: Request): Promise<unknown> {
    switch (command) {
      case 'initialize':
        return { supportsConfigurationDoneRequest: true, supportsTerminateRequest: true }
      case 'launch':
        return this.#launch(args as unknown as vscode.DebugConfiguration)
      case 'setBreakpoints':
      case 'setFunctionBreakpoints':
        return { breakpoints: ((args.breakpoints as unknown[]) ?? []).map(() => ({ verified: false })) }
      case 'threads':
        return { threads: [] }
      case 'terminate':
      case 'disconnect':
        return this.#end()
      default:
        return {}
    }
  }

  async #launch(given: vscode.DebugConfiguration): Promise<void> {
    const launch = readLaunch(given)
    if (typeof launch === 'string') throw new Error(this.#misfit(launch))
    const debuggee = await this.#start(launch)
    if (this.#ended) return debuggee?.end()
    this.#debuggee = debuggee
    if (!debuggee) return this.#end()
    debuggee.over.then(
      () => this.#end(),
      error => {
        this.#say(sentenceOf(error), 'stderr')
        this.#end()
      }
    )
  }

  #start(launch: LaunchConfiguration): Promise<Debuggee | undefined> {
    const say: Say = (text, category) => this.#say(text, category)
    return launch.scenario === undefined
      ? debugHook(this.#lab, this.#session, launch, say)
      : debugScenario(this.#lab, this.#session, launch, say)
  }

  #end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#debuggee?.end()
    this.#event('terminated')
  }

  #misfit(what: Misfit): string {
    const { l10n } = this.#lab.vscode
    return {
      nothing: l10n.t('The launch configuration names neither a “hook” nor a “scenario”.'),
      both: l10n.t('The launch configuration names a “hook” and a “scenario”; it can be one of them.'),
      event: l10n.t('“event” is the type of an event, or an object with a “type” and a “payload”.'),
      hook: l10n.t('“hook” is the path of a hook’s file.'),
      scenario: l10n.t('“scenario” is the path of a scenario file.'),
      args: l10n.t('“args” is an object with an entry for each argument of the hook.')
    }[what]
  }

  #say(text: string, category: 'console' | 'stderr' = 'console'): void {
    this.#event('output', { category, output: `${text}\n` })
  }

  #event(event: string, body?: object): void {
    this.#send({ type: 'event', event, body })
  }

  #send(message: object): void {
    this.#seq += 1
    this.#messages.fire({ seq: this.#seq, ...message } as vscode.DebugProtocolMessage)
  }

  dispose(): void {
    this.#end()
    this.#messages.dispose()
  }
}

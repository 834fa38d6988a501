import type { Push } from '../../protocol/engine.ts'
import type { Report } from '../../trace/entry.ts'
import type { Answer } from '../../webchat/outside.ts'
import type { Chance } from '../play/chance.ts'
import type { TimerQueue } from './timer-queue.ts'

/** What a page without a browser has around it: server, time, chance, trace. */
export interface Surroundings {
  now(): number
  /** The release of Botpress whose chat pages get. */
  readonly botpressVersion: string
  chance: Chance
  report(report: Omit<Report, 'at'>): void
  /** A queue of timers that takes part in the one time until it is left. */
  timers(name: string, onError: (error: unknown) => void): { timers: TimerQueue; leave(): void }
  /** Asks a route of channel-web, over the line with its trouble. */
  request(visitorId: string, botId: string, route: string, body: unknown): Promise<Answer>
  /** Resolves when a new socket is told its visitor id, maybe never. */
  handshake(): Promise<void>
  /** A chat listens to what the server pushes to a visitor. @returns the way to stop */
  listen(socket: Socket): () => void
}

export interface Socket {
  visitorId: string
  botId: string
  onPush(push: Push): void
}

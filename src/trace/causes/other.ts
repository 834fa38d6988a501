import type { EntryKind, EntryOf, Place } from '../entry.ts'
import { LONGER_SESSION, whyNoTimeOut } from '../findings/timeouts.ts'
import { count, duration, FAULT, list, onRealServer, quote, stop } from '../words.ts'
import type { Tone } from './cause.ts'
import { STAGE } from './stage.ts'

/** What is said of a story that is neither an event nor a page: by the kind of its first telling entry. */
export interface Telling<K extends EntryKind> {
  id: string
  rules: readonly string[]
  tell(entry: EntryOf<K>): { tone: Tone; chip: string; says: string[]; todo?: string[]; place?: Place }
}

const WHY_STOPPED: Record<EntryOf<'engine-stopped'>['reason'], string> = {
  'hook-limit': 'Stopped an endless loop: the real server would be frozen for everyone.',
  exit: 'The process that runs the hooks ended by itself.',
  memory: 'The process that runs the hooks ran out of memory.',
  crash: 'The process that runs the hooks crashed.',
  request: 'The engine was stopped.'
}

/** A row per kind of entry that can stand for its whole story. */
export const TELLINGS: { [K in EntryKind]?: Telling<K> } = {
  'engine-stopped': {
    id: 'engine-stopped',
    rules: ['R3.9', 'R3.11'],
    tell: entry => ({
      tone: entry.reason === 'request' ? 'quiet' : 'error',
      chip: entry.reason === 'hook-limit' ? 'loop stopped' : 'stopped',
      says: [
        WHY_STOPPED[entry.reason],
        ...(entry.hook ? [`It was ${entry.hook}${entry.ms === undefined ? '' : `, after ${duration(entry.ms)}`}.`] : []),
        ...(entry.reason === 'request' ? [] : [onRealServer(entry.real)])
      ],
      ...(entry.place && { place: entry.place })
    })
  },
  'engine-started': {
    id: 'engine-started',
    rules: [],
    tell: entry => ({
      tone: entry.bots.length > 0 ? 'quiet' : 'warning',
      chip: entry.bots.length > 0 ? 'started' : 'no bot',
      says: [
        `The engine runs, as Botpress ${entry.botpressVersion}, with ${entry.bots.length > 0 ? `${count(entry.bots.length, 'bot')} (${list(entry.bots)})` : 'no bot'}${entry.clock === 'virtual' ? ' and a virtual clock' : ''}.`,
        ...(entry.bots.length > 0 ? [] : ['Nobody answers until there is one: a folder in `data/bots` with a `bot.config.json`.'])
      ]
    })
  },
  'fault-staged': {
    id: 'fault-staged',
    rules: ['S38', 'S39', 'S41'],
    tell: entry => ({
      tone: 'quiet',
      chip: 'staged',
      says: [
        entry.faults.length > 0
          ? `From now on ${list(entry.faults.map(fault => `${fault.hook} is made to ${FAULT[fault.what]}`))}.`
          : 'From now on all hooks work as they are.'
      ]
    })
  },
  'bot-mounted': {
    id: 'bot-mounted',
    rules: ['R2.7'],
    tell: entry => ({ tone: 'quiet', chip: 'mounted', says: [`You mounted the bot ${entry.botId}; its after_bot_mount hooks ran.`] })
  },
  'bot-unmounted': {
    id: 'bot-unmounted',
    rules: ['R2.1'],
    tell: entry => ({
      tone: 'warning',
      chip: 'unmounted',
      says: [`You unmounted the bot ${entry.botId}: until it is mounted again, whatever a page asks of it is refused.`]
    })
  },
  'state-edited': {
    id: 'state-edited',
    rules: ['R6.4'],
    tell: entry => ({
      tone: 'quiet',
      chip: 'state changed',
      says: [
        entry.changes.length > 0
          ? `You changed what is stored of the conversation: ${list(entry.changes.map(change => change.path))}.`
          : 'You wrote the stored state as it was.'
      ]
    })
  },
  'session-expired': {
    id: 'session-expired',
    rules: ['R6.8', 'R12.1', 'BPC002', 'S52'],
    tell: entry => ({
      tone: entry.hooks.length > 0 ? 'warning' : 'quiet',
      chip: entry.hooks.length > 0 ? 'no time-out' : 'session ended',
      says: [
        entry.hooks.length > 0
          ? `The session of ${quote(entry.target)} ended without ${list(entry.hooks.map(({ name }) => name))} of before_session_timeout having run.`
          : `The session of ${quote(entry.target)} ended by itself; the next event begins a new one.`,
        whyNoTimeOut(entry)
      ],
      ...(entry.hooks.length > 0 && entry.sessionMs <= entry.contextMs && { todo: [LONGER_SESSION] }),
      ...(entry.hooks[0] && { place: entry.hooks[0].place })
    })
  },
  'event-rejected': {
    id: 'event-rejected',
    rules: ['R4.8', 'R16.2', 'BPH016'],
    tell: entry => ({
      tone: 'error',
      chip: 'refused',
      says: [
        stop(`Botpress refused an event${entry.type ? ` of type ${quote(entry.type)}` : ''}: ${entry.reason}`),
        'It was not processed and the visitor saw nothing of it.'
      ],
      ...(entry.from.place && { place: entry.from.place })
    })
  },
  'unhandled-rejection': {
    id: 'unhandled-rejection',
    rules: ['R3.8', 'BPH002'],
    tell: entry => ({
      tone: 'error',
      chip: 'promise failed',
      says: [
        stop(`A promise that nobody waits for failed${entry.hook ? ` (started by ${entry.hook})` : ''}: ${entry.error.message}`),
        'Botpress only prints this to its console; it is tied to no event and no hook.'
      ],
      todo: ['Return the promise from the hook, or catch its errors.'],
      ...(entry.error.place && { place: entry.error.place })
    })
  },
  'uncaught-exception': {
    id: 'uncaught-exception',
    rules: ['R3.9', 'BPH022'],
    tell: entry => ({
      tone: 'error',
      chip: 'server would exit',
      says: [
        stop(
          `An error was thrown where nobody can catch it (a timer or a callback)${entry.hook ? `, started by ${entry.hook}` : ''}: ${entry.error.message}`
        ),
        onRealServer(entry.real)
      ],
      todo: ['Catch errors inside the callback.'],
      ...(entry.error.place && { place: entry.error.place })
    })
  },
  'data-problem': {
    id: 'data-problem',
    rules: ['S44'],
    tell: entry => ({ tone: 'warning', chip: 'problem in a file', says: [entry.problem], place: entry.place })
  },
  'hook-ended': {
    id: 'hook-ran',
    rules: ['R3.12'],
    tell: entry => ({
      tone: entry.outcome === 'failed' ? 'error' : 'good',
      chip: entry.outcome === 'failed' ? 'hook failed' : 'hook ran',
      says: [
        entry.outcome === 'failed'
          ? stop(`${entry.name} (${entry.hookType}) stopped with an error: ${entry.error?.message ?? ''}`)
          : `${entry.name} (${entry.hookType}) ran in ${duration(entry.ms)}.`
      ],
      place: entry.error?.place ?? entry.place
    })
  },
  'hook-started': {
    id: 'hook-running',
    rules: [],
    tell: entry => ({ tone: 'running', chip: 'running', says: [`${entry.name} (${entry.hookType}) is running.`], place: entry.place })
  },
  'chat-received': {
    id: 'chat',
    rules: [],
    tell: entry => ({
      tone: 'quiet',
      chip: 'chat',
      says: [entry.by === 'visitor' ? 'The visitor wrote in the chat.' : 'The chat received something from the bot.']
    })
  },
  network: {
    id: 'network',
    rules: [],
    tell: entry => ({
      tone: entry.outcome === 'refused' || entry.outcome === 'failed' ? 'warning' : 'quiet',
      chip: 'network',
      says: [
        `${entry.method} ${entry.url}: ${entry.outcome}${entry.status === undefined ? '' : ` (${entry.status})`}${entry.reason === undefined ? '.' : `: ${entry.reason}`}`
      ],
      ...(entry.place && { place: entry.place })
    })
  },
  clock: { id: 'clock', rules: [], tell: entry => ({ tone: 'quiet', chip: 'clock', says: [`The clock was moved: ${entry.why}.`] }) },
  log: {
    id: 'log',
    rules: [],
    tell: entry => ({
      tone: entry.level === 'error' || entry.level === 'critical' ? 'error' : entry.level === 'warn' ? 'warning' : 'quiet',
      chip: 'log',
      says: [`${entry.logger}: ${entry.message}`],
      ...(entry.place && { place: entry.place })
    })
  },
  console: {
    id: 'console',
    rules: [],
    tell: entry => ({
      tone: entry.level === 'error' ? 'error' : 'quiet',
      chip: 'console',
      says: [entry.text],
      ...(entry.place && { place: entry.place })
    })
  },
  ...STAGE
}

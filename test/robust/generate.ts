/** Hooks that nobody would write on purpose: random acts, then a random end. */
import { type Random, random } from './random.ts'

/** How a hook's run comes out: it ends (well or badly), waits for ever, or has to be stopped with its process. */
export type Fate = 'ends' | 'hangs' | 'loops' | 'floods'

export interface GeneratedHook {
  /** Folder of the type. */
  type: string
  code: string
  fate: Fate
}

/** Types that one event with its reply leads through. The first is where proactive hooks live. */
const TYPES = [
  'before_incoming_middleware',
  'before_incoming_middleware',
  'before_incoming_middleware',
  'after_incoming_middleware',
  'before_suggestions_election',
  'after_event_processed',
  'before_conversation_end',
  'before_outgoing_middleware'
] as const

/** Each stands alone: none ends the script. */
const ACTS: readonly string[] = [
  // Flags.
  'event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)',
  'event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)',
  'event.setFlag(bp.IO.WellKnownFlags.SKIP_NO_SUCH, true)',
  "event.setFlag('skipDialogEngine', 'false')",
  'event.flags = null',
  // State, as authors write it and as they should not.
  'event.state.session.visits = (event.state.session.visits || 0) + 1',
  "event.state.user.name = 'Ada'",
  'event.state.session.self = event.state.session',
  'event.state.user.event = event',
  'event.state.session.when = new Date(); event.state.temp.never = new Date(NaN)',
  "event.state.session.map = new Map([['a', { b: new Set([1]) }]]); event.state.user.pattern = /x/g",
  'event.state.user.big = 10n ** 40n',
  'event.state.session.odd = [undefined, () => 1, Symbol("s"), NaN, -0, Infinity, , 3]',
  'event.state.session = {}',
  'event.state.session = null',
  "event.state.user = 'nobody'",
  'event.state.context = []; event.state.temp = undefined',
  'event.state.session.bytes = Buffer.alloc(4096); event.state.temp.floats = new Float64Array(9)',
  'event.state.session.text = "\\ud800 \\u0000 \'; DROP TABLE dialog_sessions; --"',
  'event.state.session.proxy = new Proxy({}, { ownKeys() { throw new Error("no keys") } })',
  'Object.defineProperty(event.state.session, "trap", { enumerable: true, get() { throw new Error("trap") } })',
  'event.state.user.toJSON = () => { throw new Error("no JSON") }',
  'let deep = {}; event.state.session.deep = deep; for (let i = 0; i < 20000; i++) deep = deep.in = {}',
  'Object.freeze(event.state); Object.freeze(event.state.session)',
  'event.state = null',
  'delete event.state.session; delete event.state.user',
  // The event itself.
  'event.payload.self = event.payload',
  'event.payload = null',
  'event.preview = { text: 1 }',
  'event.id = 42',
  'event.type = { a: 1 }',
  'event.target = undefined',
  'event.id = "another"',
  'event.botId = "nobody"',
  'event.botId = 5',
  'event.channel = 7',
  'event.threadId = Symbol("thread")',
  'event.direction = "sideways"',
  'event.suggestions = null',
  'event.suggestions = [{ confidence: 1, payloads: [{ type: "text", text: "pushed" }], source: "hook" }]',
  'event.nlu = undefined',
  'Object.freeze(event)',
  'Object.prototype.polluted = () => 1; Array.prototype.map = null; JSON.stringify = null',
  // Replies and sends.
  'bp.events.replyToEvent(event, [{ type: "text", text: "hello" }])',
  'for (let i = 0; i < 40; i++) bp.events.replyToEvent(event, [{ type: "text", text: "reply " + i, typing: true }])',
  'const circle = { type: "text", text: "round" }; circle.circle = circle; bp.events.replyToEvent(event, [circle])',
  'bp.events.replyToEvent(event, null)',
  'bp.events.replyToEvent({}, [1, "two", null])',
  'bp.events.sendEvent(bp.IO.Event({ ...event, type: "again", payload: { text: "copy" } }))',
  'bp.events.sendEvent(bp.IO.Event({ type: "again", channel: "web", target: event.target, botId: event.botId, direction: "incoming", payload: {} }))',
  'bp.events.sendEvent({ type: "no event" })',
  'bp.events.sendEvent(null)',
  // Jumps and the dialog engine.
  'bp.dialog.jumpTo(bp.dialog.createId(event), event, "main.flow.json", "entry")',
  'bp.dialog.jumpTo(bp.dialog.createId(event), event, "nowhere.flow.json", "nothing")',
  'bp.dialog.jumpTo(null, null, null)',
  // Not without end: the hook may be one that runs when a flow ends.
  '(bp.ran = (bp.ran || 0) + 1) < 3 && bp.dialog.processEvent(bp.dialog.createId(event), event)',
  'bp.dialog.deleteSession(bp.dialog.createId(event))',
  // What outlives the hook.
  'setTimeout(() => { throw new Error("late") }, 5)',
  'setImmediate(() => { throw null })',
  'let ticks = 0; const tick = setInterval(() => { if (++ticks === 3) clearInterval(tick); null.tick() }, 2)',
  'Promise.reject(new Error("floating"))',
  'Promise.reject(undefined)',
  '(async () => { await null; throw { toString() { throw new Error("words") } } })()',
  '(async () => { await null; event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true) })()',
  'new Promise(resolve => setTimeout(resolve, 3)).then(() => bp.events.replyToEvent(event, [{ type: "text", text: "later" }]))',
  // A lot of everything.
  'const eaten = []; for (let i = 0; i < 200000; i++) eaten.push({ i })',
  'Buffer.alloc(50 * 1024 * 1024, 1)',
  'event.state.session.long = "x".repeat(300000)',
  'for (let i = 0; i < 300; i++) bp.logger.info("line " + i)',
  'console.log(event, bp, "y".repeat(100000))',
  '(function down() { return down() + 1 })()',
  // Storage and modules.
  'bp.kvs.forBot(event.botId).set("key", { when: new Date() }, "1s")',
  'bp.users.updateAttributes(event.channel, event.target, { seen: true })',
  'bp.database("srv_kvs").select("*")',
  'bp.database.raw("this is no SQL")',
  'require("no-such-module")',
  'process.exit(1)',
  'eval("while (")'
]

const ENDS: Record<Fate, readonly string[]> = {
  ends: [
    '',
    'return',
    'return 42',
    'throw new Error("thrown")',
    'throw null',
    'throw { get message() { throw new Error("again") }, toString() { throw new Error("words") } }',
    'throw new Proxy({}, { get() { throw new Error("proxy") } })',
    'const circle = new Error("circle"); circle.cause = circle; throw circle',
    'return Promise.reject(new Error("rejected"))',
    'return Promise.reject()',
    'return (async () => { await null; null.x })()',
    'return { get then() { throw new Error("then") } }',
    'return { then(done) { done(1); done(2) } }',
    'return { then(done, fail) { fail("one"); throw 2 } }',
    'return new Promise(resolve => setTimeout(resolve, 10))',
    'await bp.events.replyToEvent(event, [])',
    'return event.payload.payload.payload',
    'import x from "y"'
  ],
  hangs: ['return new Promise(() => {})', 'return { then() {} }', 'return (async () => { await null; await new Promise(() => {}) })()'],
  loops: [
    'while (true) {}',
    'for (;;) Math.random()',
    'return (async () => { await null; while (true) {} })()',
    'return (async () => { await new Promise(resolve => setTimeout(resolve, 5)); while (true) {} })()',
    'const spin = () => Promise.resolve().then(spin); return spin()',
    'return { then(done) { for (;;) {} } }',
    'try { while (true) {} } finally { event.never = true }',
    'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)',
    'return /^(a+)+$/.test("a".repeat(60) + "!")',
    'while (true) bp.logger.info("again")'
  ],
  floods: ['const all = []; while (true) all.push({ n: all.length, text: "x" + all.length })']
}

/** @param seed of this one hook; the same seed makes the same hook */
export function generateHook(seed: number): GeneratedHook {
  const dice = random(seed)
  const fate = fateOf(dice)
  const acts = Array.from({ length: dice.below(6) }, () => `try { ${dice.pick(ACTS)} } catch (error) { bp.logger.warn('caught') }`)
  const end = dice.pick(ENDS[fate])
  const type = dice.pick(TYPES)
  // Others and other types' events pass: the end of this one must be its own. Nor does it answer its own answers for ever.
  const runs = `bp.runs${seed}`
  const code = [`if (event.target !== 'storm' || event.type === 'again' || (${runs} = (${runs} || 0) + 1) > 5) return`, ...acts, end].join(
    '\n'
  )
  return { type, code, fate }
}

/** Most hooks end; what has to be stopped costs a process each. */
function fateOf(dice: Random): Fate {
  const roll = dice.next()
  return roll < 0.1 ? 'loops' : roll < 0.11 ? 'floods' : roll < 0.25 ? 'hangs' : 'ends'
}

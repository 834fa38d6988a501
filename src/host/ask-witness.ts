import { ASK_WITNESS, Witness } from '../protocol/witness.ts'

/** What Node itself says on standard error about its inspector; no output of a hook. */
export const INSPECTOR_TALK =
  /^(?:Debugger listening on (ws:\S+)|For help, see: https:\/\/nodejs\.org\/\S+|Debugger attached\.|Debugger ending on ws:\S+|Waiting for the debugger to disconnect\.\.\.)$/

/** Has Node open the inspector of a process, whatever that process is at; it then says at which address. */
export function openInspectorOf(pid: number): void {
  // Node's own way, on every system; VS Code attaches to its extension host in the same way.
  const { _debugProcess } = process as unknown as { _debugProcess?: (pid: number) => void }
  _debugProcess?.(pid)
}

/** Node opens the inspector in a callback of its own, on nobody's behalf; a question that comes within it learns where the code is, not for whom it runs. */
const MAX_QUESTIONS = 3

/** Asks over an inspector what its process is at. Undefined when nothing sensible comes before the signal. */
export function askWitness(url: string, signal: AbortSignal): Promise<Witness | undefined> {
  return new Promise(resolve => {
    const socket = new WebSocket(url)
    const done = (witness?: Witness) => {
      resolve(witness)
      socket.close()
    }
    signal.addEventListener('abort', () => done())
    socket.addEventListener('error', () => done())
    let questions = 0
    const ask = () => {
      const params = { expression: ASK_WITNESS, returnByValue: true }
      socket.send(JSON.stringify({ id: ++questions, method: 'Runtime.evaluate', params }))
    }
    socket.addEventListener('open', ask)
    socket.addEventListener('message', ({ data }) => {
      const witness = read(String(data))
      if (witness?.eventId === undefined && questions < MAX_QUESTIONS) ask()
      else done(witness)
    })
  })
}

function read(text: string): Witness | undefined {
  const { result } = JSON.parse(text) as { result?: { result?: { value?: unknown } } }
  return Witness.safeParse(result?.result?.value).data
}

import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node'

/** A language server under measurement: one open file, in which characters are typed and completions asked for. */
export interface BenchServer {
  /** Opens the hook; resolves when the server took notice. */
  open(text: string): Promise<void>
  /** Labels at a place; `line` and `character` count from 0. */
  complete(line: number, character: number): Promise<string[]>
  /** Types one character there. */
  type(line: number, character: number, text: string): Promise<void>
  /** Resolves when the server has said what is wrong with the text as it is now. */
  diagnosed(): Promise<void>
  /** Resident memory of the server and the processes that it started, in MiB. */
  memory(): number
  stop(): Promise<void>
}

/** Of a process and all below it. */
function rss({ pid }: ChildProcessWithoutNullStreams): number {
  const lines = execFileSync('ps', ['-e', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n')
  const processes = lines.map(line => line.trim().split(/\s+/).map(Number) as [pid: number, parent: number, kib: number])
  const family = new Set([pid])
  // A child is listed behind its parent.
  for (const [id, parent] of processes) if (family.has(parent)) family.add(id)
  return processes.filter(([id]) => family.has(id)).reduce((sum, [, , kib]) => sum + kib, 0) / 1024
}

/** Any server that speaks LSP over stdio. */
export async function lspServer(
  command: readonly string[],
  file: string,
  languageId: string,
  folder: string,
  initializationOptions: object = {}
): Promise<BenchServer> {
  const uri = pathToFileURL(file).toString()
  const root = pathToFileURL(folder).toString()
  const child = spawn(process.execPath, command)
  child.stderr.resume()
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))
  let version = 1
  let diagnosed: number | undefined
  let wake = () => {}
  connection.onNotification('textDocument/publishDiagnostics', (params: { uri: string; version?: number }) => {
    if (params.uri !== uri) return
    // A server that names no version means the newest.
    diagnosed = params.version ?? version
    wake()
  })
  // What the server asks of the editor.
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null))
  connection.onRequest('window/workDoneProgress/create', () => null)
  connection.onRequest('client/registerCapability', () => null)
  connection.listen()
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: root,
    capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } },
    initializationOptions,
    workspaceFolders: [{ uri: root, name: 'bench' }]
  })
  await connection.sendNotification('initialized', {})
  return {
    open: text => connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version, text } }),
    async complete(line, character) {
      const params = { textDocument: { uri }, position: { line, character } }
      const answer = await connection.sendRequest<{ items: { label: string }[] } | { label: string }[] | null>(
        'textDocument/completion',
        params
      )
      return (Array.isArray(answer) ? answer : (answer?.items ?? [])).map(item => item.label)
    },
    type(line, character, text) {
      const at = { line, character }
      diagnosed = undefined
      return connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: ++version },
        contentChanges: [{ range: { start: at, end: at }, text }]
      })
    },
    async diagnosed() {
      while (diagnosed !== version) await new Promise<void>(resolve => (wake = resolve))
    },
    memory: () => rss(child),
    async stop() {
      await connection.sendRequest('shutdown')
      await connection.sendNotification('exit')
    }
  }
}

/** TypeScript's own server, as the editor's built-in service runs it. */
export async function tsServer(tsserver: string, file: string): Promise<BenchServer> {
  const child = spawn(process.execPath, [tsserver, '--disableAutomaticTypingAcquisition'])
  const waiting = new Map<number, (body: unknown) => void>()
  let asked = 0
  let answered = 0
  let wake = () => {}
  let buffered = ''
  let seq = 0
  child.stderr.resume()
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    buffered += chunk
    // Each message is a line of JSON behind a header; bodies hold no line breaks.
    const lines = buffered.split('\n')
    buffered = lines.pop() ?? ''
    for (const line of lines) {
      if (!line.startsWith('{')) continue
      const message = JSON.parse(line) as { type: string; event?: string; request_seq?: number; body?: unknown }
      if (message.event === 'requestCompleted') {
        answered = (message.body as { request_seq: number }).request_seq
        wake()
      }
      if (message.type === 'response') waiting.get(message.request_seq ?? 0)?.(message.body)
    }
  })
  const send = (command: string, args: object) => {
    child.stdin.write(`${JSON.stringify({ seq: ++seq, type: 'request', command, arguments: args })}\n`)
    return seq
  }
  const ask = (command: string, args: object) => new Promise<unknown>(resolve => waiting.set(send(command, args), resolve))
  return {
    open: async text => void send('open', { file, fileContent: text, scriptKindName: 'JS' }),
    async complete(line, character) {
      const body = (await ask('completionInfo', { file, line: line + 1, offset: character + 1 })) as
        | { entries?: { name: string }[] }
        | undefined
      return (body?.entries ?? []).map(entry => entry.name)
    },
    async type(line, character, text) {
      const at = { line: line + 1, offset: character + 1 }
      send('updateOpen', { changedFiles: [{ fileName: file, textChanges: [{ start: at, end: at, newText: text }] }] })
      // The editor asks for diagnostics after typing; our server sends them unasked.
      asked = send('geterr', { files: [file], delay: 80 })
    },
    async diagnosed() {
      while (answered < asked) await new Promise<void>(resolve => (wake = resolve))
    },
    memory: () => rss(child),
    async stop() {
      child.kill()
    }
  }
}

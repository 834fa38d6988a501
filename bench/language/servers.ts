import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process'
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node'

/** A language server under measurement: one open file, in which characters are typed and completions asked for. */
export interface BenchServer {
  /** Opens the hook; resolves when the server took notice. */
  open(text: string): Promise<void>
  /** Labels at a place; `line` and `character` count from 0. */
  complete(line: number, character: number): Promise<string[]>
  /** Types one character there. */
  type(line: number, character: number, text: string): Promise<void>
  /** Resident memory in MiB. */
  memory(): number
  stop(): Promise<void>
}

const rss = (child: ChildProcessWithoutNullStreams) =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })) / 1024

/** Any server that speaks LSP over stdio. */
export async function lspServer(command: readonly string[], uri: string, languageId: string, root: string): Promise<BenchServer> {
  const child = spawn(process.execPath, command)
  child.stderr.resume()
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))
  connection.listen()
  connection.onNotification('textDocument/publishDiagnostics', () => {})
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: root,
    capabilities: {},
    workspaceFolders: [{ uri: root, name: 'bench' }]
  })
  await connection.sendNotification('initialized', {})
  let version = 1
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
      return connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: ++version },
        contentChanges: [{ range: { start: at, end: at }, text }]
      })
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
  const child = spawn(process.execPath, [tsserver, '--disableAutomaticTypingAcquisition', '--suppressDiagnosticEvents'])
  const waiting = new Map<number, (body: unknown) => void>()
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
      const message = JSON.parse(line) as { type: string; request_seq?: number; body?: unknown }
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
      send('geterr', { files: [file], delay: 80 })
    },
    memory: () => rss(child),
    async stop() {
      child.kill()
    }
  }
}

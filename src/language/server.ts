import {
  type ClientCapabilities,
  type Connection,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type FormattingOptions,
  type InitializeParams,
  type InitializeResult,
  TextDocuments,
  type WorkspaceFolder,
  type WorkspaceFoldersChangeEvent
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { URI } from 'vscode-uri'
import type * as z from 'zod/mini'
import { LanguageNotifications, LanguageOptions, LanguageRequests } from '../protocol/language.ts'
import { capabilitiesFor, registerForHooks } from './capabilities.ts'
import { findDeclarations } from './declarations.ts'
import { codeActions } from './features/code-actions.ts'
import { type CompletionData, completion, resolveCompletion, withNames } from './features/completion.ts'
import { type HookContext, rangeOf } from './features/context.ts'
import { flowCompletions } from './features/flow-completions.ts'
import { FORMAT_SECTION, FormatSettings, format, formatOnType } from './features/formatting.ts'
import { hover } from './features/hover.ts'
import { INLAY_SECTION, InlaySettings, inlayHints } from './features/inlay-hints.ts'
import { valueCompletions, withValues } from './features/known-values.ts'
import { definition, highlights, references, typeDefinition } from './features/navigation.ts'
import { pageCompletions } from './features/page-completions.ts'
import { handlersAt, sendersAt } from './features/page-links.ts'
import { prepareRename, rename } from './features/rename.ts'
import { semanticTokens } from './features/semantic-tokens.ts'
import { signatureHelp } from './features/signature.ts'
import { snippets } from './features/snippets.ts'
import { documentSymbols, foldingRanges, selectionRanges } from './features/structure.ts'
import { nameCompletions } from './features/workspace-names.ts'
import { workspaceSymbols } from './features/workspace-symbols.ts'
import { HookDocuments } from './hook-documents.ts'
import { IdleWork } from './idle-work.ts'
import { hookFacts } from './inspect.ts'
import { exampleOf } from './pages/shapes.ts'
import type { Problem, Severity } from './problem.ts'
import { SeenValues } from './seen-values.ts'
import { createTypeService } from './service.ts'
import { isSkipped } from './workspace.ts'

/** Diagnostics follow the last keystroke by so many milliseconds, plus the time they take. */
const DIAGNOSTICS_DELAY_MS = 80

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint
}
const TAGS = { unused: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const

/** Serves hooks and pages over a connection, whoever opened it. Ends with the connection. */
export function startServer(connection: Connection): void {
  const texts = new TextDocuments(TextDocument)
  const folders = findDeclarations()
  const types = createTypeService(folders)
  const documents = new HookDocuments(types)
  const seen = new SeenValues()
  const timers = new Map<string, NodeJS.Timeout>()
  /** What diagnostics need of the workspace: thousands of files in a large one. */
  let reading = new IdleWork([])
  let options: LanguageOptions = LanguageOptions.parse({})
  let client: ClientCapabilities = {}
  /** Paths of the opened folders. */
  let opened: readonly string[] = []

  const configure = () => documents.configure(opened, options, folders.ruleDocs)
  connection.onInitialize((params: InitializeParams): InitializeResult => {
    const parsed = LanguageOptions.safeParse(params.initializationOptions ?? {})
    if (parsed.success) options = parsed.data
    opened = pathsOf(params.workspaceFolders ?? [])
    configure()
    client = params.capabilities
    return { serverInfo: { name: 'proactive-hooks' }, capabilities: capabilitiesFor(client) }
  })
  connection.onInitialized(() => {
    void registerForHooks(connection, client)
    if (client.workspace?.workspaceFolders) connection.workspace.onDidChangeWorkspaceFolders(foldersChanged)
    // Reads the declarations while the editor is still on its way to its first question.
    setImmediate(() => {
      types.language.getProgram()
      readAnew()
    })
  })

  const readAnew = (): void => {
    reading.stop()
    reading = new IdleWork(documents.facts.reading())
    reading.stir()
  }
  const publish = (document: TextDocument): void => {
    // Written in or closed meanwhile.
    if (timers.has(document.uri) || texts.get(document.uri) !== document) return
    // A rule that fails must not take the server with it.
    let problems: readonly Problem[] = []
    try {
      problems = documents.problems(document)
    } catch (error) {
      connection.console.error(`Diagnostics of ${document.uri} failed: ${error instanceof Error ? error.stack : String(error)}`)
    }
    const diagnostics = problems.map(problem => diagnosticOf(document, problem, documents.docsOf(problem.code)))
    connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics })
  }
  const publishSoon = (document: TextDocument): void => {
    clearTimeout(timers.get(document.uri))
    timers.set(
      document.uri,
      setTimeout(() => {
        timers.delete(document.uri)
        reading.whenDone(() => publish(document))
      }, DIAGNOSTICS_DELAY_MS)
    )
  }
  texts.onDidChangeContent(({ document }) => {
    reading.stir()
    documents.update(document)
    publishSoon(document)
  })
  texts.onDidClose(({ document }) => {
    clearTimeout(timers.get(document.uri))
    timers.delete(document.uri)
    documents.close(document.uri)
    connection.sendDiagnostics({ uri: document.uri, diagnostics: [] })
  })
  const foldersChanged = ({ added, removed }: WorkspaceFoldersChangeEvent): void => {
    const gone = pathsOf(removed)
    opened = [...new Set([...opened.filter(path => !gone.includes(path)), ...pathsOf(added)])]
    configure()
    readAnew()
    for (const document of texts.all()) {
      documents.update(document)
      publishSoon(document)
    }
  }
  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (changes.every(({ uri }) => isSkipped(URI.parse(uri).path))) return
    documents.refresh()
    readAnew()
    for (const document of texts.all()) publishSoon(document)
  })

  /** What the user set for JavaScript in the document's folder; nothing when the editor does not say, or says something else. */
  const userSettings = async <S extends z.ZodMiniType<object>>(scopeUri: string, section: string, schema: S): Promise<z.infer<S>> => {
    const given: unknown = client.workspace?.configuration ? await connection.workspace.getConfiguration({ section, scopeUri }) : undefined
    const parsed = schema.safeParse(given ?? {})
    return parsed.success ? parsed.data : schema.parse({})
  }

  /** Answers for an open hook; anything else gets the empty answer. */
  const forHook = <R>(uri: string, otherwise: R, answer: (context: HookContext) => R): R => {
    const document = texts.get(uri)
    const context = document && documents.context(document)
    if (!document || !context) return otherwise
    const answered = answer(context)
    reading.stir()
    // Whoever asks is still typing: diagnostics wait until they pause, so that they never hold up the next answer.
    if (timers.has(uri)) publishSoon(document)
    return answered
  }
  const takesSnippets = () => client.textDocument?.completion?.completionItem?.snippetSupport ?? false
  connection.onCompletion(params => {
    const document = texts.get(params.textDocument.uri)
    if (document && !documents.context(document)) {
      const { facts } = documents
      const items = flowCompletions(document, facts, params.position) ?? pageCompletions(document, facts, params.position)
      return items.length > 0 ? items : null
    }
    return forHook(params.textDocument.uri, null, context =>
      withNames(completion(context, params.position, params.context?.triggerCharacter), [
        ...nameCompletions(context, documents.facts, params.position),
        ...valueCompletions(context, documents.facts, seen, params.position),
        ...(takesSnippets() ? snippets(context, documents.facts, params.position) : [])
      ])
    )
  })
  connection.onCompletionResolve(item =>
    forHook((item.data as CompletionData | undefined)?.uri ?? '', item, context => resolveCompletion(context, item))
  )
  connection.onHover(params =>
    forHook(params.textDocument.uri, null, context =>
      withValues(hover(context, params.position), context, documents.facts, seen, params.position)
    )
  )
  connection.onSignatureHelp(params => forHook(params.textDocument.uri, null, context => signatureHelp(context, params.position) ?? null))
  connection.onDefinition(params => {
    const document = texts.get(params.textDocument.uri)
    if (document && !documents.context(document)) return handlersAt(document, documents.facts, params.position)
    return forHook(params.textDocument.uri, [], context => {
      const senders = sendersAt(context, documents.facts, params.position)
      return senders.length > 0 ? senders : definition(context, params.position)
    })
  })
  connection.onTypeDefinition(params => forHook(params.textDocument.uri, [], context => typeDefinition(context, params.position)))
  connection.onReferences(params =>
    forHook(params.textDocument.uri, [], context => references(context, params.position, params.context.includeDeclaration))
  )
  connection.onDocumentHighlight(params => forHook(params.textDocument.uri, [], context => highlights(context, params.position)))
  connection.onPrepareRename(params => forHook(params.textDocument.uri, null, context => prepareRename(context, params.position) ?? null))
  connection.onRenameRequest(params => forHook(params.textDocument.uri, null, context => rename(context, params.position, params.newName)))
  connection.onWorkspaceSymbol(({ query }) => workspaceSymbols(documents.facts, query))
  connection.languages.inlayHint.on(async ({ textDocument, range }) => {
    const settings = await userSettings(textDocument.uri, INLAY_SECTION, InlaySettings)
    return forHook(textDocument.uri, [], context => inlayHints(context, range, settings))
  })
  connection.onDocumentSymbol(params => forHook(params.textDocument.uri, [], documentSymbols))
  connection.onFoldingRanges(params => forHook(params.textDocument.uri, [], foldingRanges))
  connection.onSelectionRanges(params => forHook(params.textDocument.uri, [], context => selectionRanges(context, params.positions)))
  connection.languages.semanticTokens.on(params => forHook(params.textDocument.uri, { data: [] }, semanticTokens))
  const formatOptions = async (uri: string, indentation: FormattingOptions) => ({
    indentation,
    settings: await userSettings(uri, FORMAT_SECTION, FormatSettings)
  })
  connection.onDocumentFormatting(async params => {
    const options = await formatOptions(params.textDocument.uri, params.options)
    return forHook(params.textDocument.uri, [], context => format(context, options))
  })
  connection.onDocumentRangeFormatting(async params => {
    const options = await formatOptions(params.textDocument.uri, params.options)
    return forHook(params.textDocument.uri, [], context => format(context, options, params.range))
  })
  connection.onDocumentOnTypeFormatting(async params => {
    const options = await formatOptions(params.textDocument.uri, params.options)
    return forHook(params.textDocument.uri, [], context => formatOnType(context, options, params.position, params.ch))
  })
  connection.onCodeAction(params => {
    const document = texts.get(params.textDocument.uri)
    return document ? codeActions(document, documents.problems(document), params) : []
  })

  connection.onRequest('proactiveHooks/pageEvents', () => {
    const events = documents.facts.pages.flatMap(page => {
      const uri = URI.file(page.path).toString()
      const document = TextDocument.create(uri, '', 0, page.text)
      return page.sent.map(sent => ({
        via: sent.via,
        ...(sent.type !== undefined && { type: sent.type }),
        argument: exampleOf(sent.shape) ?? null,
        place: { uri, range: rangeOf(document, sent.span) }
      }))
    })
    return LanguageRequests['proactiveHooks/pageEvents'].result.parse(events)
  })
  connection.onRequest('proactiveHooks/hookInfo', (params: unknown) => {
    const { uri } = LanguageRequests['proactiveHooks/hookInfo'].params.parse(params)
    const hook = documents.hookAt(uri)
    if (!hook) return null
    const { file, location } = hook
    return {
      hookType: file.type.id,
      scope: location?.botId === undefined ? 'global' : 'bot',
      ...(location?.botId !== undefined && { botId: location.botId }),
      ...hookFacts(file)
    }
  })

  connection.onNotification('proactiveHooks/observed', (params: unknown) => {
    const told = LanguageNotifications['proactiveHooks/observed'].safeParse(params)
    if (told.success) seen.add(told.data.seen)
  })

  connection.onShutdown(() => {
    for (const timer of timers.values()) clearTimeout(timer)
    reading.stop()
    documents.dispose()
  })
  texts.listen(connection)
  connection.listen()
}

function pathsOf(folders: readonly WorkspaceFolder[]): string[] {
  return folders.flatMap(({ uri }) => {
    const parsed = URI.parse(uri)
    return parsed.scheme === 'file' ? [parsed.fsPath] : []
  })
}

function diagnosticOf(document: TextDocument, problem: Problem, href: string | undefined): Diagnostic {
  return {
    range: rangeOf(document, problem.span),
    severity: SEVERITIES[problem.severity],
    source: 'proactive-hooks',
    code: problem.code,
    message: problem.message,
    ...(href !== undefined && { codeDescription: { href } }),
    ...(problem.tag && { tags: [TAGS[problem.tag]] })
  }
}

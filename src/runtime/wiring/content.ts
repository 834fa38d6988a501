import type { ReportInput } from '../api.ts'
import type { Clock } from '../clock.ts'
import { Cms } from '../cms/cms.ts'
import { ElementStore } from '../cms/elements.ts'
import { WorkspaceTypes } from '../cms/workspace-types.ts'
import type { GhostFiles } from '../files.ts'
import type { OnProblem } from '../json-file.ts'
import type { ModuleLoader } from '../modules/require.ts'
import { problemOf } from '../problem.ts'
import { Intents } from '../understanding/intents.ts'
import { languageOf, Qna } from '../understanding/qna.ts'
import type { Workspace } from '../workspace.ts'
import type { Voice } from './voice.ts'

export interface ContentHost {
  readonly workspace: Workspace
  readonly clock: Clock
  random(): number
  readonly modules: ModuleLoader
  readonly voice: Voice
  readonly files: GhostFiles
  /** Whether a content element makes one payload: since 12.26 (R13.9). */
  readonly onePayload: boolean
  readonly problem: OnProblem
  report(entry: ReportInput): void
}

export interface Content {
  readonly cms: Cms
  readonly elements: ElementStore
  readonly qna: Qna
  readonly intents: Intents
  changed(files: readonly string[]): void
}

/** What a bot can say and understand: content elements and types, questions and answers, intents. */
export function createContent({ workspace, clock, random, modules, voice, files, onePayload, problem, report }: ContentHost): Content {
  const { root } = workspace
  const botConfig = (botId: string) => workspace.bots().get(botId)
  const elements = new ElementStore(root, files, problem)
  const types = new WorkspaceTypes({
    root,
    load: file => modules.load(file),
    files,
    problem: (file, text, error) => report({ kind: 'data-problem', place: problemOf(error, file).place ?? { file }, problem: text })
  })
  const cms = new Cms({
    elements,
    workspaceTypes: botId => types.of(botId),
    typingPayload: !onePayload,
    botConfig,
    random,
    now: () => new Date(clock.now())
  })
  const qna = new Qna({
    root,
    files,
    problem,
    language: event => languageOf(event, botConfig(event.botId)),
    render: (event, text) => cms.render('builtin_text', { text, event }, event)
  })
  const intents = new Intents({
    root,
    files,
    problem,
    language: event => languageOf(event, botConfig(event.botId)),
    say: (message, event) => voice.about(event, 'info', 'NLU', message)
  })
  return {
    cms,
    elements,
    qna,
    intents,
    changed: files => {
      for (const one of [elements, types, qna, intents]) one.changed(files)
    }
  }
}

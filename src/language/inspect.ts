import type ts from 'typescript'
import { locateHook } from '../botpress/hook-path.ts'
import { handledTypes } from './analysis/event-types.ts'
import { hookModel } from './analysis/hook-model.ts'
import type { Span } from './body-map.ts'
import { parseBot } from './bots/bot-code.ts'
import { fragmentsOf, isHtml } from './pages/fragments.ts'
import { pageCalls } from './pages/page-calls.ts'
import type { Fix, Problem } from './problem.ts'
import type { BotRule, FileRule, HookRule, PageRule, ReportOptions, Rule, WorkspaceFacts } from './rule.ts'
import type { RuleSettings } from './rule-settings.ts'
import { RULES } from './rules/index.ts'
import type { HookFile, TypeService } from './service.ts'
import { silencingEdit, withoutSilenced } from './silence.ts'
import { unlessTooDeep } from './too-deep.ts'
import { TypeLookup } from './type-lookup.ts'
import { typeProblems } from './type-problems.ts'

const HOOK_RULES = RULES.filter((rule): rule is HookRule => rule.about === 'hook')
const PAGE_RULES = RULES.filter((rule): rule is PageRule => rule.about === 'page')
const BOT_RULES = RULES.filter((rule): rule is BotRule => rule.about === 'bot')
const FILE_RULES = RULES.filter((rule): rule is FileRule => rule.about === 'file')
const NAMES = new Map(RULES.map(rule => [rule.id, rule.name]))

/** Finds what is wrong with hooks, pages and other files of a workspace. */
export class Inspector {
  readonly #types: TypeService
  readonly #workspace: WorkspaceFacts
  readonly #settings: RuleSettings

  constructor(types: TypeService, workspace: WorkspaceFacts, settings: RuleSettings) {
    this.#types = types
    this.#workspace = workspace
    this.#settings = settings
  }

  /** TypeScript's findings and those of the rules, in the order of the text. */
  hook(path: string, hook: HookFile): Problem[] {
    const node = this.#settings.nodeOf(path)
    const { problems, unfinished } = typeProblems(this.#types, hook, node)
    if (unfinished) return [...problems]
    const location = locateHook(path)
    const lookup = new TypeLookup(this.#types, hook)
    const found = this.#run(HOOK_RULES, path, (rule, report) =>
      rule.check({
        source: hook.bare,
        text: hook.text,
        model: hookModel(hook.bare),
        type: hook.type,
        ...(location && { location }),
        path,
        node,
        workspace: this.#workspace,
        report: (place, message, options) => report('kind' in place ? spanOf(place) : place, message, options),
        typeOf: inner => lookup.typeOf(inner)
      })
    )
    return this.#finish(hook.text, false, [...withoutRepeats(this.#rated(problems, path), found), ...found])
  }

  page(path: string, text: string): Problem[] {
    return unlessTooDeep(() => this.#page(path, text), [])
  }

  #page(path: string, text: string): Problem[] {
    const fragments = fragmentsOf(path, text)
    const calls = pageCalls(fragments)
    const found = this.#run(PAGE_RULES, path, (rule, report) =>
      rule.check({ path, text, fragments, calls, workspace: this.#workspace, report })
    )
    return this.#finish(
      text,
      isHtml(path),
      found,
      at => !fragments.some(({ offset, source, kind }) => kind === 'script' && at >= offset && at <= offset + source.text.length)
    )
  }

  /** A script of a bot. Nothing is said of one that does not parse: the editor's own service does. */
  bot(path: string, text: string): Problem[] {
    return unlessTooDeep(() => this.#bot(path, text), [])
  }

  #bot(path: string, text: string): Problem[] {
    const source = parseBot(path, text)
    if ((source as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics.length > 0) return []
    const found = this.#run(BOT_RULES, path, (rule, report) =>
      rule.check({
        source,
        text,
        path,
        workspace: this.#workspace,
        report: (place, message, options) => report('kind' in place ? spanOf(place) : place, message, options)
      })
    )
    return this.#finish(text, false, found)
  }

  /** A file that is neither: configuration, or one that lies where hooks lie. */
  file(path: string, text: string): Problem[] {
    const slashed = path.replaceAll('\\', '/')
    const rules = FILE_RULES.filter(rule => rule.files.test(slashed))
    const found = this.#run(rules, path, (rule, report) => rule.check({ path, text, workspace: this.#workspace, report }))
    return this.#finish(text, false, found)
  }

  #run<R extends Rule>(
    rules: readonly R[],
    path: string,
    check: (rule: R, report: (span: Span, message: string, options?: ReportOptions) => void) => void
  ): Problem[] {
    const problems: Problem[] = []
    for (const rule of rules) {
      const level = this.#settings.severityOf(rule, path)
      if (level === 'off') continue
      check(rule, (span, message, options) => {
        // What the user set counts for all of a rule's findings.
        const severity = level === rule.severity ? (options?.severity ?? level) : level
        problems.push({ code: rule.id, severity, message, span, ...(options?.fixes && { fixes: options.fixes }) })
      })
    }
    return problems
  }

  /** Applies the user's severities to rules that TypeScript finds for us. */
  #rated(problems: readonly Problem[], path: string): Problem[] {
    return problems.flatMap(problem => {
      const rule = typeof problem.code === 'string' ? RULES.find(({ id }) => id === problem.code) : undefined
      const severity = rule ? this.#settings.severityOf(rule, path) : problem.severity
      return severity === 'off' ? [] : [{ ...problem, severity }]
    })
  }

  #finish(text: string, markup: boolean, problems: readonly Problem[], inMarkup: (at: number) => boolean = () => false): Problem[] {
    const kept = withoutSilenced(text, problems, code => NAMES.get(code))
    return inOrder(kept).map(problem => {
      if (typeof problem.code !== 'string') return problem
      const silence: Fix = {
        title: `Silence ${problem.code} (${NAMES.get(problem.code)}) here`,
        edits: [silencingEdit(text, problem.span, problem.code, markup && inMarkup(problem.span.start))]
      }
      return { ...problem, fixes: [...(problem.fixes ?? []), silence] }
    })
  }
}

/** TypeScript's word on a place falls away where a rule says more about it. */
function withoutRepeats(problems: readonly Problem[], found: readonly Problem[]): Problem[] {
  const strong = found.filter(problem => problem.severity !== 'hint')
  return problems.filter(
    problem =>
      typeof problem.code === 'string' ||
      problem.tag !== undefined ||
      problem.code < 2000 ||
      !strong.some(({ span }) => span.start < problem.span.end && problem.span.start < span.end)
  )
}

function spanOf(node: ts.Node): Span {
  return { start: node.getStart(), end: node.end }
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
}

/** What a hook says about itself. */
export function hookFacts(hook: HookFile): { handles: string[]; broken: boolean } {
  return { handles: handledTypes(hook.bare), broken: hook.syntax.length > 0 }
}

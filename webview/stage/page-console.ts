import type { Reporter } from '../shared/reporter.ts'
import { OUR_SCRIPTS, placeInStack } from '../shared/stack-place.ts'

/** Reports what the page warns of, its uncaught errors and files that it could not load. The page notices nothing. */
export function reportConsole(reporter: Reporter): void {
  for (const level of ['warn', 'error'] as const) {
    const original = console[level].bind(console)
    console[level] = (...args: unknown[]) => {
      original(...args)
      reporter.report({
        kind: 'page-console',
        level,
        text: args.map(textOf).join(' '),
        place: placeInStack(new Error().stack, OUR_SCRIPTS)
      })
    }
  }
  window.addEventListener(
    'error',
    (event: Event) => {
      if (event instanceof ErrorEvent) {
        const place = event.filename ? { file: event.filename, line: event.lineno, column: event.colno } : undefined
        reporter.report({ kind: 'page-console', level: 'error', text: event.message, place })
      } else {
        const source = sourceOf(event.target)
        if (source) reporter.report({ kind: 'page-console', level: 'error', text: `The page could not load ${source}` })
      }
    },
    true
  )
  window.addEventListener('unhandledrejection', event => {
    const stack = event.reason instanceof Error ? event.reason.stack : undefined
    const text = `Uncaught (in promise) ${textOf(event.reason)}`
    reporter.report({ kind: 'page-console', level: 'error', text, place: placeInStack(stack, OUR_SCRIPTS) })
  })
}

function sourceOf(target: EventTarget | null): string | undefined {
  if (target instanceof HTMLLinkElement) return target.href
  const hasSource = target instanceof HTMLScriptElement || target instanceof HTMLImageElement
  return hasSource ? target.src : undefined
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Error) return `${value.name}: ${value.message}`
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return String(value)
  }
}

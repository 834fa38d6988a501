import { diagnosticsOf } from './diagnostics.ts'
import type { TraceEntry } from './entry.ts'
import { LASTS_TEXT, stateChangesOf } from './state.ts'
import { type Step, stepsOf } from './steps.ts'
import type { Story } from './story.ts'
import { titleOf } from './title.ts'
import { TraceIndex } from './trace-index.ts'
import { type Tone, type Verdict, verdictOf } from './verdict.ts'
import { duration, inline, placeName } from './words.ts'

/** What a piece of the text is, for whoever colours it. */
export type Role = 'title' | 'dim' | 'place' | 'advice' | Tone | 'plain'

export interface RenderOptions {
  /** Gives a piece its look; default: as it is. */
  style?: (text: string, role: Role) => string
  /** Characters per line of the paragraphs; default 100. */
  width?: number
  /** Also the steps that a calm view leaves out. */
  all?: boolean
}

const MARK: Record<Tone, string> = { good: '✓', quiet: '·', running: '…', warning: '!', error: '✗' }

/** A whole trace for a terminal: each story with its verdict, steps and state. Ends with a line break when there is something to tell. */
export function renderTrace(entries: readonly TraceEntry[], options: RenderOptions = {}): string {
  const index = new TraceIndex()
  index.append(entries)
  return index.stories.map(story => `${renderStory(story, index, options)}\n`).join('\n')
}

/** One story, without a line break at its end. */
export function renderStory(story: Story, index: TraceIndex, options: RenderOptions = {}): string {
  const { style = (text: string) => text, width = 100, all = false } = options
  const verdict = verdictOf(story, index)
  const lines = [
    `${style(MARK[verdict.tone], verdict.tone)} ${style(titleOf(story), 'title')} ${style(`[${verdict.chip}]`, verdict.tone)}`,
    ...verdict.paragraphs.flatMap(text => wrap(text, width - 2)).map(line => `  ${line}`),
    ...verdict.advice.flatMap(text => wrap(`→ ${text}`, width - 2).map(line => `  ${style(line, 'advice')}`)),
    ...about(verdict, style),
    ...stepsOf(story)
      .filter(step => all || !step.minor)
      .map(step => stepLine(step, style)),
    ...stateLines(story, style, all)
  ]
  return lines.join('\n')
}

function about(verdict: Verdict, style: NonNullable<RenderOptions['style']>): string[] {
  const parts = [
    ...verdict.places.map(place => style(placeText(place), 'place')),
    ...(diagnosticsOf(verdict).length > 0 ? [style(diagnosticsOf(verdict).join(' '), 'dim')] : [])
  ]
  return parts.length > 0 && verdict.tone !== 'good' && verdict.tone !== 'quiet' ? [`  ${parts.join('  ')}`] : []
}

/** A place that terminals make a link of. */
function placeText(place: Verdict['places'][number]): string {
  return place.line === undefined ? place.file : `${place.file}:${place.line}${place.column === undefined ? '' : `:${place.column}`}`
}

function stepLine(step: Step, style: NonNullable<RenderOptions['style']>): string {
  const offset = `+${duration(step.offset)}`.padStart(9)
  const took = step.open ? ' (still running)' : step.ms !== undefined && step.ms >= 1 ? ` (${duration(step.ms)})` : ''
  const place = step.place?.line !== undefined && step.icon !== 'hook' ? ` ${style(placeName(step.place), 'place')}` : ''
  const role: Role = step.tone ?? 'plain'
  return `${style(offset, 'dim')} ${'  '.repeat(step.level)} ${style(`${step.text}${took}`, role)}${place}`
}

function stateLines(story: Story, style: NonNullable<RenderOptions['style']>, all: boolean): string[] {
  const changes = stateChangesOf(story).filter(
    change => change.path.startsWith('state.') && change.fate !== 'pending' && (all || !change.own)
  )
  return changes.map(change => {
    const lasts = change.fate === 'kept' && change.lasts ? ` (${LASTS_TEXT[change.lasts]})` : ''
    const role: Role = change.fate === 'kept' ? 'good' : 'warning'
    return `  ${style(change.fate.padEnd(9), role)} ${change.path}${'after' in change ? ` = ${inline(change.after, 60)}` : ' removed'}${style(lasts, 'dim')}`
  })
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line && line.length + word.length + 1 > width) {
      lines.push(line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return line ? [...lines, line] : lines
}

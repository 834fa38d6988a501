import type { TraceEntry } from '../../../src/trace/entry.ts'

/** So far back one looks for names worth offering. */
const RECENT = 20_000

/** File names of the hooks that ran lately, each once. */
export function hooksSeen(entries: readonly TraceEntry[]): string[] {
  const names = new Set<string>()
  for (const entry of entries.slice(-RECENT)) if (entry.kind === 'hook-started') names.add(entry.name)
  return [...names].sort()
}

/** Flows and their nodes that the conversation went through lately. */
export function nodesSeen(entries: readonly TraceEntry[]): { flow: string; node: string }[] {
  const nodes = new Map<string, { flow: string; node: string }>()
  for (const entry of entries.slice(-RECENT)) {
    if (entry.kind === 'dialog-entered' || entry.kind === 'dialog-waits') {
      nodes.set(`${entry.flow}#${entry.node}`, { flow: entry.flow, node: entry.node })
    }
  }
  return [...nodes.values()]
}

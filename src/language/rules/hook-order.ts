import type { HookRule } from '../rule.ts'
import { hookSample } from '../rule.ts'

const baseName = (path: string) => path.split(/[\\/]/).at(-1)!

export const rule: HookRule = {
  id: 'BPH025',
  name: 'hook-order',
  severity: 'info',
  about: 'hook',
  title: 'hooks that run in another order than their names suggest',
  visitor: 'A greeting comes before the check that should have held it back.',
  why: 'All hooks of a type, global ones and those of the bot, in whatever sub-folder, run in the order of their file names, compared character by character (R1.5): `10_` before `2_`, capitals before small letters. Same names keep the order global, then bot (R1.6).',
  bad: hookSample("bp.logger.info('second')\n", {
    name: '2_greet.js',
    others: { 'data/global/hooks/before_incoming_middleware/10_log.js': "bp.logger.info('first')\n" }
  }),
  good: hookSample("bp.logger.info('first')\n", {
    name: '02_greet.js',
    others: { 'data/global/hooks/before_incoming_middleware/10_log.js': "bp.logger.info('second')\n" }
  }),
  check({ path, location, workspace, report }) {
    if (!location || location.ignored) return
    const name = baseName(path)
    const number = numberOf(name)
    const together = workspace
      .hooksOf(location.type.id)
      .filter(
        hook =>
          hook.path !== path &&
          !hook.location.ignored &&
          (hook.location.botId ?? location.botId) === (location.botId ?? hook.location.botId)
      )
    const top = { start: 0, end: 0 }
    const same = together.find(hook => baseName(hook.path) === name)
    if (same)
      report(
        top,
        `Another hook of this type has the same file name (${same.location.relativePath}): the global one runs first, and their steps in the trace overwrite each other.`
      )
    if (/^[A-Z]/.test(name) && together.some(hook => /^[a-z]/.test(baseName(hook.path)))) {
      report(
        top,
        `File names are compared character by character, capitals first: ${name} runs before all hooks that start with a small letter.`
      )
    }
    const other =
      number === undefined
        ? undefined
        : together.find(hook => {
            const its = numberOf(baseName(hook.path))
            return its !== undefined && its > number && baseName(hook.path) < name
          })
    if (!other) return
    const width = String(numberOf(baseName(other.path))!).length
    const padded = name.replace(/^\d+/, digits => digits.padStart(Math.max(2, width), '0'))
    report(
      top,
      `File names are compared character by character: ${baseName(other.path)} runs before ${name}. Write the number with as many digits.`,
      {
        fixes: padded === name ? [] : [{ title: `Rename the hook to ${padded}`, edits: [], renameTo: path.slice(0, -name.length) + padded }]
      }
    )
  }
}

function numberOf(name: string): number | undefined {
  const digits = /^\d+/.exec(name)?.[0]
  return digits === undefined ? undefined : Number(digits)
}

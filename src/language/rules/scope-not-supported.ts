import { type HookRule, hookSample } from '../rule.ts'

export const rule: HookRule = {
  id: 'BPH027',
  name: 'scope-not-supported',
  severity: 'warning',
  about: 'hook',
  title: 'a bot’s hook of a type that only the server has',
  visitor: 'Nothing: the hook never runs.',
  why: 'Hooks of a bot are looked up only for calls that name a bot (R1.2). `after_server_start`, the stage hooks and `on_incident_status_changed` do not: they exist below `data/global/hooks` only (R2.1).',
  bad: hookSample("bp.logger.info('never')\n", { type: 'after_server_start', bot: 'shop' }),
  good: hookSample("bp.logger.info('once')\n", { type: 'after_server_start' }),
  check({ location, path, report }) {
    if (location?.ignored === 'global-only-type') {
      report(
        { start: 0, end: 0 },
        `Botpress runs ${location.type.id} for the whole server only, and never looks for it in a bot’s folder: this hook never runs.`,
        {
          fixes: [
            {
              title: 'Move the hook to the global folder',
              edits: [],
              renameTo: path.replace(/([\\/])bots[\\/][^\\/]+([\\/]hooks[\\/])/, '$1global$2')
            }
          ]
        }
      )
    }
    if (location?.ignored === 'dot-file' || location?.ignored === 'dot-folder') {
      report({ start: 0, end: 0 }, 'This hook is switched off: its name, or that of a folder above it, starts with a dot.', {
        severity: 'info'
      })
    }
  }
}

import * as z from 'zod/mini'
import { Report } from '../trace/entry.ts'

/** What a page or widget may report; everything else is not the browser's to tell. */
const FROM_BROWSER = [
  'page-loaded',
  'page-posted',
  'page-sent',
  'page-refused',
  'page-console',
  'page-gesture',
  'page-left',
  'voiceflow-called',
  'bubbles-changed'
] as const
const MAX_AT_ONCE = 500

const Batch = z.array(z.unknown())

/**
 * Reads what a browser reports. The visitor is the one of the address, whatever the report says; places arrive as addresses and leave as files.
 *
 * @param fileOf the file behind an address, or undefined when it is none of the workspace's
 * @returns undefined when it is no list of reports
 */
export function readReports(body: unknown, visitorId: string, fileOf: (url: string) => string | undefined): Report[] | undefined {
  const batch = Batch.safeParse(body)
  if (!batch.success) return undefined
  return batch.data.slice(0, MAX_AT_ONCE).flatMap(item => {
    const parsed = Report.safeParse(item)
    if (!parsed.success || !(FROM_BROWSER as readonly string[]).includes(parsed.data.kind)) return []
    const report = { ...parsed.data, visitorId, at: Date.now() } as Report
    if ('place' in report && report.place) {
      const file = fileOf(report.place.file)
      if (file) report.place = { ...report.place, file }
      else delete report.place
    }
    return [report]
  })
}

import { Stroke } from '../shared/stroke.tsx'

const PATHS = {
  speech:
    'M12 4.5c4.7 0 8.25 3.05 8.25 7s-3.55 7-8.25 7c-.95 0-1.86-.12-2.7-.35L5 20l.9-3.3c-1.35-1.27-2.15-3.1-2.15-5.2 0-3.95 3.55-7 8.25-7Z M8.6 11.6h.01M12 11.6h.01M15.4 11.6h.01',
  restart: 'M5 12a7 7 0 1 0 2.2-5.1L5 9 M5 4.5V9h4.5',
  cross: 'm6.5 6.5 11 11m0-11-11 11',
  list: 'M9 7h10M9 12h10M9 17h10M5 7h.01M5 12h.01M5 17h.01',
  download: 'M12 5v10m-4-4 4 4 4-4M6 19h12',
  trash: 'M6 7h12M10 7V5h4v2M8 7l.6 12h6.8L16 7',
  info: 'M12 11v5M12 8h.01M12 3.8a8.2 8.2 0 1 0 0 16.4 8.2 8.2 0 0 0 0-16.4Z',
  up: 'M12 19V5m-6 6 6-6 6 6',
  left: 'm14 6-6 6 6 6',
  right: 'm10 6 6 6-6 6',
  good: 'M8 11v8H5v-8h3Zm0 0 4-7c1.5 0 2.3 1.2 2 2.6L13.4 10H18c1.2 0 2 1 1.7 2.2l-1.4 5.5A2 2 0 0 1 16.400 19H8',
  bad: 'M16 13V5h3v8h-3Zm0 0-4 7c-1.5 0-2.300-1.200-2-2.600l.6-3.400H6c-1.200 0-2-1-1.700-2.200l1.400-5.500A2 2 0 0 1 7.600 5H16'
} as const

export type IconName = keyof typeof PATHS

/** A picture beside words; says nothing by itself. */
export function Icon({ name, size = 19 }: { name: IconName; size?: number }) {
  return <Stroke path={PATHS[name]} size={size} />
}

/** `${name}` in a scenario stands for the value of a parameter, or of the case that is played. */

const PLACEHOLDER = /\$\{\s*([A-Za-z_][\w-]*)\s*\}/g
const WHOLE = /^\$\{\s*([A-Za-z_][\w-]*)\s*\}$/
/** JavaScript has placeholders of its own: there only known names are filled in, and others are left as they are. */
const CODE = new Set(['files', 'save', 'script'])

export interface Filled {
  value: unknown
  /** Placeholders without a value. */
  unknown: { name: string; path: PropertyKey[] }[]
}

export function fill(value: unknown, values: Record<string, unknown>): Filled {
  const unknown: Filled['unknown'] = []
  const go = (item: unknown, path: PropertyKey[], isCode: boolean): unknown => {
    if (typeof item === 'string') {
      const whole = WHOLE.exec(item)
      if (whole && Object.hasOwn(values, whole[1]!)) return values[whole[1]!]
      return item.replace(PLACEHOLDER, (text, name: string) => {
        if (Object.hasOwn(values, name)) return String(values[name])
        if (!isCode) unknown.push({ name, path })
        return text
      })
    }
    if (Array.isArray(item)) return item.map((one, index) => go(one, [...path, index], isCode))
    if (typeof item !== 'object' || item === null) return item
    return Object.fromEntries(Object.entries(item).map(([key, one]) => [key, go(one, [...path, key], isCode || CODE.has(key))]))
  }
  return { value: go(value, [], false), unknown }
}

import Mustache from 'mustache'

const MAX_PASSES = 3

/** Renders a text; again while it still holds tags, since values may hold templates (R13.12). */
export function renderText(text: string, context: object): string {
  let rendered = text
  for (let pass = 0; pass < MAX_PASSES && /\{\{.+?\}\}/s.test(rendered); pass++) rendered = Mustache.render(rendered, context)
  return rendered
}

/** Renders all texts of an item, however deep (R13.14). */
export function renderAll<T>(item: T, context: object): T {
  if (typeof item === 'string') return renderText(item, context) as T
  if (Array.isArray(item)) return item.map(one => renderAll(one, context)) as T
  if (typeof item === 'object' && item !== null && Object.prototype.toString.call(item) === '[object Object]') {
    return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, renderAll(value, context)])) as T
  }
  return item
}

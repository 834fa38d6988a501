/** A CSS selector by which the element is found again: the shortest that says what it is. */
export function selectorOf(element: Element): string {
  for (const selector of candidates(element)) if (isUnique(selector, element)) return selector
  const { parentElement } = element
  if (!parentElement || element === document.body) return element.localName
  const alike = [...parentElement.children].filter(({ localName }) => localName === element.localName)
  const own = alike.length > 1 ? `${element.localName}:nth-of-type(${alike.indexOf(element) + 1})` : element.localName
  return `${parentElement === document.body ? 'body' : selectorOf(parentElement)} > ${own}`
}

function* candidates(element: Element): Iterable<string> {
  const { id, localName } = element
  if (id) yield `#${CSS.escape(id)}`
  for (const name of ['data-testid', 'data-test', 'name', 'aria-label', 'href', 'value']) {
    const value = element.getAttribute(name)
    if (value && value.length < 80) yield `${localName}[${name}=${JSON.stringify(value)}]`
  }
  const classes = [...element.classList].map(name => `.${CSS.escape(name)}`)
  if (classes.length > 0) yield `${localName}${classes.join('')}`
  yield localName
}

function isUnique(selector: string, element: Element): boolean {
  const found = document.querySelectorAll(selector)
  return found.length === 1 && found[0] === element
}

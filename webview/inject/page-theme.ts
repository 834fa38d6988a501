/** Whether the page is dark, so that the chat fits it: by its background where it has one, else by the colour scheme it declares. */
export function pageTheme(): 'light' | 'dark' {
  for (const element of [document.body, document.documentElement]) {
    const lightness = element && lightnessOf(getComputedStyle(element).backgroundColor)
    if (lightness !== undefined && lightness !== null) return lightness < 0.45 ? 'dark' : 'light'
  }
  const scheme = getComputedStyle(document.documentElement).colorScheme
  const mayBeDark = scheme.includes('dark')
  const mustBeDark = mayBeDark && !scheme.includes('light')
  return mustBeDark || (mayBeDark && matchMedia('(prefers-color-scheme: dark)').matches) ? 'dark' : 'light'
}

/** From 0 to 1; undefined for a transparent colour or one in another notation. */
function lightnessOf(colour: string): number | undefined {
  const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g)?.map(Number) ?? []
  if (!colour.startsWith('rgb') || red === undefined || green === undefined || blue === undefined || alpha < 0.5) return undefined
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255
}

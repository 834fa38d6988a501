/** Names of theme colours of VS Code that a panel may need, by component (its own list of known variables, 2026), and the fonts that it gives to webviews. */
const COMPONENTS: Record<string, string> = {
  '': 'foreground descriptionForeground disabledForeground errorForeground strongForeground focusBorder contrastBorder contrastActiveBorder',
  badge: 'background foreground',
  button:
    'background foreground border hoverBackground separator secondaryBackground secondaryBorder secondaryForeground secondaryHoverBackground',
  charts: 'blue foreground green lines orange purple red yellow',
  checkbox: 'background border foreground selectBackground selectBorder',
  debugTokenExpression: 'boolean error name number string type value',
  dropdown: 'background border foreground listBackground',
  editor: 'background foreground border selectionBackground font-family font-size font-weight',
  editorError: 'background border foreground',
  editorInfo: 'background border foreground',
  editorWarning: 'background border foreground',
  editorWidget: 'background border foreground',
  font: 'family size weight',
  // Of the extension for Git, which comes with the editor and may be switched off: used with a fallback.
  gitDecoration: 'addedResourceForeground',
  icon: 'foreground',
  input: 'background border foreground placeholderForeground',
  inputOption: 'activeBackground activeBorder activeForeground hoverBackground',
  inputValidation:
    'errorBackground errorBorder errorForeground infoBackground infoBorder infoForeground warningBackground warningBorder warningForeground',
  list: 'activeSelectionBackground activeSelectionForeground errorForeground focusBackground focusOutline highlightForeground hoverBackground hoverForeground inactiveSelectionBackground warningForeground',
  panel: 'background border',
  problemsErrorIcon: 'foreground',
  problemsInfoIcon: 'foreground',
  problemsWarningIcon: 'foreground',
  progressBar: 'background',
  sash: 'hoverBorder',
  scrollbarSlider: 'activeBackground background hoverBackground',
  sideBar: 'background border foreground',
  testing: 'iconErrored iconFailed iconPassed iconQueued iconSkipped iconUnset',
  textCodeBlock: 'background',
  textLink: 'activeForeground foreground',
  textPreformat: 'background foreground',
  toolbar: 'activeBackground hoverBackground hoverOutline',
  tree: 'inactiveIndentGuidesStroke indentGuidesStroke',
  widget: 'border shadow'
}

export const THEME_NAMES: ReadonlySet<string> = new Set(
  Object.entries(COMPONENTS).flatMap(([component, names]) =>
    names.split(' ').map(name => `--vscode-${component}${component && '-'}${name}`)
  )
)

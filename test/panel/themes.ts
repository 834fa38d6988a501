/** Sets the variables as the editor's dark high contrast theme does: on the root element, before anything is drawn. */
export const HIGH_CONTRAST = `
  const set = () => {
    const root = document.documentElement
    if (!root) return
    const values = {
      'foreground': '#ffffff', 'descriptionForeground': '#e8e8e8', 'disabledForeground': '#a5a5a5', 'editor-background': '#000000', 'editor-foreground': '#ffffff',
      'sideBar-background': '#000000', 'contrastBorder': '#6fc3df', 'contrastActiveBorder': '#f38518', 'focusBorder': '#f38518', 'panel-border': '#6fc3df', 'widget-border': '#6fc3df',
      'textLink-foreground': '#21a6ff', 'textLink-activeForeground': '#21a6ff', 'textCodeBlock-background': '#000000', 'button-background': '#000000', 'button-foreground': '#ffffff',
      'button-hoverBackground': '#000000', 'button-secondaryBackground': '#000000', 'button-secondaryForeground': '#ffffff', 'button-secondaryHoverBackground': '#000000', 'toolbar-hoverBackground': '#000000', 'input-background': '#000000', 'input-foreground': '#ffffff', 'input-border': '#6fc3df',
      'dropdown-background': '#000000', 'dropdown-foreground': '#ffffff', 'dropdown-border': '#6fc3df', 'list-hoverBackground': '#1c1c1c', 'list-errorForeground': '#f88070', 'list-warningForeground': '#ffe000',
      'inputOption-activeBackground': '#000000', 'inputOption-activeForeground': '#ffffff', 'inputOption-activeBorder': '#f38518', 'testing-iconPassed': '#73c991', 'problemsErrorIcon-foreground': '#f48771', 'problemsWarningIcon-foreground': '#ffd370', 'tree-indentGuidesStroke': '#a9a9a9'
    }
    for (const [name, value] of Object.entries(values)) root.style.setProperty('--vscode-' + name, value)
  }
  set()
  new MutationObserver((_, observer) => { set(); if (document.body) observer.disconnect() }).observe(document, { childList: true, subtree: true })
`

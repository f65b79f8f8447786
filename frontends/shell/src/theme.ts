/** Light, dark, or as the system has it. The page's head reads the same key before the first paint. */
export type Theme = 'system' | 'light' | 'dark'

const key = 'tiffin.theme'

export function theme(): Theme {
  const value = document.documentElement.dataset['theme']
  return value === 'light' || value === 'dark' ? value : 'system'
}

export function setTheme(value: Theme): void {
  const root = document.documentElement
  if (value === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = value
  try {
    if (value === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // Storage is forbidden: the choice lasts as long as the page.
  }
}

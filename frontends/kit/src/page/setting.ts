/**
 * What the deployment tells its pages under a name; undefined if nothing. The shell's server writes it into the page.
 */
export function setting<T>(name: string, source: Document = document): T | undefined {
  const settings = JSON.parse(source.getElementById('tiffin-settings')?.textContent || 'null') as Record<string, T> | null
  return settings?.[name]
}

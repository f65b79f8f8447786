/** Fired on the window by setBadge: detail {path, count}. */
export const badgeSet = 'tiffin:badge'

/** Shows a count on the navigation's item with this path, such as what lies in the basket; 0 takes it away. */
export function setBadge(path: string, count: number): void {
  dispatchEvent(new CustomEvent(badgeSet, { detail: { path, count } }))
}

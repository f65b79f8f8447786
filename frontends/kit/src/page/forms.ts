import { toast } from '../elements/toaster.ts'

/**
 * Fetches the form controls, for pages that have some. A browser may remember that a module failed to load, and after a
 * deploy the old one may be gone: only a new page helps, and the basket outlives that.
 */
export function needForms(): void {
  import('@tiffin/kit/forms').catch(() => {
    toast('Part of this page didn’t load.', { tone: 'danger', action: { label: 'Reload', run: () => location.reload() }, duration: 60_000 })
  })
}

// Every shared module that some package imports. An import that is missing here fails in the browser with the
// specifier's name; the build's last step (build/imports.mjs) finds it earlier.
export const specifiers = [
  'lit',
  'lit/decorators.js',
  'lit/directive-helpers.js',
  'lit/static-html.js',
  'lit/directive.js',
  'lit/directives/class-map.js',
  'lit/directives/guard.js',
  'lit/directives/if-defined.js',
  'lit/directives/keyed.js',
  'lit/directives/live.js',
  'lit/directives/ref.js',
  'lit/directives/repeat.js',
  'lit/directives/unsafe-html.js',
  'lit/directives/unsafe-svg.js',
  'lit/directives/when.js',
  'single-spa',
]

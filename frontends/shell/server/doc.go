// Package server serves the frontends that npm has built: the page with its import map, the micro frontends' files, and
// the service worker. It owns the page's security policy, caching and the choice among precompressed files; what is on the
// page is up to the manifests (dist/mfe.json), which are read again for every page, so that a rebuild shows at once. It
// does not build, does not compress, and knows no audience; whoever mounts it keeps /api/ and /auth/ for other handlers.
package server

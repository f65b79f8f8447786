import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { kitAssets } from './kit/assets.ts'

// CHROMIUM_PATH, or what Debian installs, or what `npx playwright install chromium` fetched.
const chromium = process.env['CHROMIUM_PATH'] ?? (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined)
const root = fileURLToPath(new URL('.', import.meta.url))

// A busy machine may take its time: a condition that never comes is what fails a test.
const patient = { testTimeout: 40_000, hookTimeout: 40_000, expect: { poll: { timeout: 30_000 } } }

// Two kinds: logic in happy-dom (*.test.ts), elements in a real browser (*.browser.test.ts).
export default defineConfig({
  root,
  test: {
    projects: [
      {
        plugins: [kitAssets()],
        test: { ...patient, name: 'unit', environment: 'happy-dom', include: ['*/test/**/*.test.ts'], exclude: ['**/*.browser.test.ts', '**/node_modules/**'] },
      },
      {
        plugins: [kitAssets()],
        optimizeDeps: { include: ['lit', 'lit/decorators.js', 'lit/directives/repeat.js', 'lit/directives/live.js', 'lit/directives/if-defined.js', 'lit/directives/unsafe-svg.js', 'idb', 'openapi-fetch', 'ulid', 'single-spa', 'axe-core'] },
        test: {
          ...patient,
          name: 'browser',
          include: ['*/test/**/*.browser.test.ts'],
          setupFiles: ['./build/browser-setup.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            api: { host: '127.0.0.1' },
            provider: playwright({
              launchOptions: {
                ...(chromium ? { executablePath: chromium } : {}),
                args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
              },
            }),
            instances: [{ browser: 'chromium', viewport: { width: 1000, height: 800 } }],
          },
        },
      },
    ],
  },
})

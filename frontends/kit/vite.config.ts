import { defineConfig } from 'vite'
import { microFrontend } from '@tiffin/build/mfe'
import { kitAssets } from './assets.ts'

export default defineConfig({
  plugins: [
    kitAssets(),
    microFrontend({
      name: 'kit',
      exposes: {
        '@tiffin/kit': 'src/index.ts',
        '@tiffin/kit/client': 'src/client/index.ts',
        '@tiffin/kit/forms': 'src/forms/index.ts',
        '@tiffin/kit/outbox': 'src/outbox/index.ts',
        '@tiffin/kit/pictures': 'src/pictures/index.ts',
      },
      styles: { page: 'src/styles/index.css' },
      app: { entry: 'gallery/index.ts', element: 'kit-gallery', title: 'The kit', routes: ['/kit'], order: 900 },
      fonts: [/anek-latin-latin-wght/],
      preload: ['@tiffin/kit'],
    }),
  ],
})

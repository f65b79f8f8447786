import { defineConfig } from 'vite'
import { microFrontend } from '@tiffin/build/mfe'

export default defineConfig({
  plugins: [microFrontend({ name: 'shell', loader: 'src/boot.ts', worker: 'src/worker/sw.ts', statics: 'static', styles: { shell: 'src/shell.css' } })],
})

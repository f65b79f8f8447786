import { defineConfig } from 'vite'
import { microFrontend } from '@tiffin/build/mfe'

export default defineConfig({
  plugins: [microFrontend({
    name: 'courier',
    app: {
      entry: 'src/index.ts', element: 'tiffin-courier', title: 'Bring food', order: 30, roles: ['courier'],
      routes: ['/courier', '/courier/earnings'],
      nav: [
        { path: '/courier', label: 'Deliver', icon: 'bike', roles: ['courier'] },
        { path: '/courier/earnings', label: 'Earnings', icon: 'wallet', roles: ['courier'] },
      ],
    },
  })],
})

import { defineConfig } from 'vite'
import { microFrontend } from '@tiffin/build/mfe'

export default defineConfig({
  plugins: [microFrontend({
    name: 'restaurant',
    app: {
      entry: 'src/index.ts', element: 'tiffin-restaurant', title: 'Your restaurant', order: 20, roles: ['restaurant'],
      routes: ['/restaurant', '/restaurant/menu', '/restaurant/sales'],
      nav: [
        { path: '/restaurant', label: 'Tickets', icon: 'ticket', roles: ['restaurant'] },
        { path: '/restaurant/menu', label: 'Menu', icon: 'chef-hat', roles: ['restaurant'] },
        { path: '/restaurant/sales', label: 'Sales', icon: 'chart-column', roles: ['restaurant'] },
      ],
    },
  })],
})

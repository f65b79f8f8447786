import { defineConfig } from 'vite'
import { microFrontend } from '@tiffin/build/mfe'

export default defineConfig({
  plugins: [microFrontend({
    name: 'customer',
    app: {
      entry: 'src/index.ts', element: 'tiffin-customer', title: 'Order food', order: 10,
      routes: ['/', '/restaurants/:restaurant_id', '/checkout', '/orders', '/orders/:order_id', '/you'],
      nav: [
        { path: '/', label: 'Discover', icon: 'utensils', roles: ['guest', 'customer'] },
        { path: '/checkout', label: 'Basket', icon: 'shopping-bag', roles: ['guest', 'customer'] },
        { path: '/orders', label: 'Orders', icon: 'receipt-text', roles: ['customer'] },
        { path: '/you', label: 'You', icon: 'user', roles: ['customer'] },
      ],
    },
  })],
})

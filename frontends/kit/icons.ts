// The icons that ship with the kit, by their names in Lucide. A micro frontend adds its own with registerIcons.
export const icons = [
  'activity', 'arrow-left', 'ban', 'bell', 'bell-off', 'bell-ring', 'bike', 'chart-column', 'chef-hat', 'check', 'chevron-down', 'chevron-left', 'chevron-right',
  'circle-alert', 'circle-check', 'circle-x', 'clock', 'credit-card', 'flame', 'gauge', 'heart', 'history', 'house', 'info', 'leaf',
  'map-pin', 'minus', 'monitor', 'moon', 'package', 'pause', 'pencil', 'phone', 'play', 'plus', 'receipt-text', 'refresh-cw', 'search',
  'shopping-bag', 'sliders-horizontal', 'sparkles', 'store', 'sun', 'ticket', 'trash-2', 'triangle-alert', 'user', 'utensils',
  'wallet', 'wifi-off', 'x',
]

// Those that Web Awesome's controls ask for by address.
export const formIcons = ['check', 'chevron-down', 'circle-x', 'eye', 'eye-off', 'minus', 'x']

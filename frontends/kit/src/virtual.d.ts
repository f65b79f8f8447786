declare module 'virtual:tiffin/icons' {
  const icons: Record<string, string>
  export default icons
}
declare module 'virtual:tiffin/dishes' {
  export const base: string
  export const names: string[]
}

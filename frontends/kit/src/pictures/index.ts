// The names of all dish pictures, apart from the rest because only a page where one is chosen needs them.
export { names as pictures } from 'virtual:tiffin/dishes'

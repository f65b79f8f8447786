// Component tests look like the pages: the kit's tokens and type are on.
import '../kit/src/styles/index.css'

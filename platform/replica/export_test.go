package replica

// FirstPause is how long it waits before it tries again for the first time.
const FirstPause = firstPause

// Package overlay has the compiler read other text in place of what stands in files: for programs of another version, or with a bug.
// It owns the files that say so; its callers own what the text is and the folder, which must outlive the build.
// It does not look whether the text compiles.
package overlay

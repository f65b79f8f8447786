// Package store keeps whole files by name, in a directory or in any object store that speaks S3.
// It owns that a file is there whole or not at all, and on the disk when Put returns; callers own the names and never write two
// contents under one. It takes nothing away.
package store

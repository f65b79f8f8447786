// Package profile is what customers see of themselves: name, phone and addresses, and whether they are leaving.
// It owns the document and how events change it; the server owns who may look.
// All that names somebody is sealed: once they are erased, nobody can read it, in any copy.
package profile

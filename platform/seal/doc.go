// Package seal keeps personal data readable only as long as its person wants: each person has a key of their own, outside
// the log, and destroying it erases what was sealed with it everywhere, backups of the log included.
// It owns finding the Personal fields of any message, sealing and opening them, and the keys; callers own calling Seal
// before a message leaves the process and Open after it comes back.
// It does not hide who a person is to the system (ids stay open), nor what was copied out of a message while it was open.
package seal

package store

import (
	"maps"
	"slices"
	"sync"

	"tiffin/platform/mongolite/internal/failure"
)

// Store holds all databases.
type Store struct {
	mu        sync.RWMutex
	databases map[string]map[string]*Collection

	// commit is held while something becomes visible, so that a freeze sees one
	// moment of all collections.
	commit  sync.Mutex
	changes uint64 // of documents, collections and indexes
}

// New makes an empty store.
func New() *Store { return &Store{databases: make(map[string]map[string]*Collection)} }

// Read gives the newest version of a collection, or an empty one if there is no
// such collection.
func (s *Store) Read(db, name string) *Version {
	if c := s.lookup(db, name); c != nil {
		return c.current.Load()
	}
	return newVersion()
}

// Write begins a write to a collection, and makes the collection if it must and
// may. It returns nil if it may not.
func (s *Store) Write(db, name string, create bool) (*Tx, error) {
	for {
		c := s.lookup(db, name)
		if c == nil {
			if !create {
				return nil, nil
			}
			var err error
			if c, _, err = s.Create(db, name); err != nil {
				return nil, err
			}
		}
		if tx := c.begin(); tx != nil {
			return tx, nil
		} // else it was dropped in between
	}
}

// Create makes a collection. It tells whether there was none.
func (s *Store) Create(db, name string) (*Collection, bool, error) {
	if err := validNamespace(db, name); err != nil {
		return nil, false, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.databases[db][name]; c != nil {
		return c, false, nil
	}
	if s.databases[db] == nil {
		s.databases[db] = make(map[string]*Collection)
	}
	c := newCollection(s, db, name)
	s.databases[db][name] = c
	s.changed()
	return c, true, nil
}

// Drop removes a collection and tells whether there was one.
func (s *Store) Drop(db, name string) bool {
	c := s.remove(db, name)
	if c == nil {
		return false
	}
	c.drop() // waits for a writer, and so comes without s.mu
	return true
}

func (s *Store) remove(db, name string) *Collection {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.databases[db][name]
	if c == nil {
		return nil
	}
	delete(s.databases[db], name)
	if len(s.databases[db]) == 0 {
		delete(s.databases, db)
	}
	s.changed()
	return c
}

// DropDatabase removes all collections of a database.
func (s *Store) DropDatabase(db string) {
	for _, name := range s.Collections(db) {
		s.Drop(db, name)
	}
}

// Databases lists the databases in order.
func (s *Store) Databases() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Sorted(maps.Keys(s.databases))
}

// Collections lists a database's collections in order.
func (s *Store) Collections(db string) []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Sorted(maps.Keys(s.databases[db]))
}

// Exists tells whether there is such a collection.
func (s *Store) Exists(db, name string) bool { return s.lookup(db, name) != nil }

func (s *Store) lookup(db, name string) *Collection {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.databases[db][name]
}

func (s *Store) changed() {
	s.commit.Lock()
	s.changes++
	s.commit.Unlock()
}

func validNamespace(db, name string) error {
	if err := ValidDatabase(db); err != nil {
		return err
	}
	if name == "" || len(db)+1+len(name) > 255 || name[0] == '.' || name[len(name)-1] == '.' || containsAny(name, "$\x00") ||
		len(name) >= 7 && name[:7] == "system." {
		return failure.New(failure.InvalidNamespace, "Invalid collection name: '%s.%s'", db, name)
	}
	return nil
}

// ValidDatabase refuses what can't be a database's name.
func ValidDatabase(db string) error {
	if db == "" || len(db) > 63 || containsAny(db, "/\\. \"$*<>:|?\x00") {
		return failure.New(failure.InvalidNamespace, "Invalid database name: '%s'", db)
	}
	return nil
}

func containsAny(s, chars string) bool {
	for i := range len(s) {
		for j := range len(chars) {
			if s[i] == chars[j] {
				return true
			}
		}
	}
	return false
}

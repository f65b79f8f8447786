import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Entry } from './command.ts'

/** Where entries are kept. Every change is kept for good when its promise resolves. */
export interface Store {
  /** Keeps an entry behind all others. */
  add(entry: Omit<Entry, 'seq'>): Promise<Entry>
  /** All of them, in the order in which they were added. */
  all(): Promise<Entry[]>
  /** Takes the place of what is kept under the same number; does nothing if that is gone. */
  replace(entry: Entry): Promise<void>
  remove(seq: number): Promise<void>
}

interface Schema extends DBSchema {
  commands: { key: number; value: Entry }
}

/** Entries in IndexedDB: they outlive the page, and the browser's end. */
export class BrowserStore implements Store {
  readonly #db: IDBPDatabase<Schema>

  private constructor(db: IDBPDatabase<Schema>) {
    this.#db = db
  }

  static async open(name = 'tiffin-outbox'): Promise<BrowserStore> {
    return new BrowserStore(await openDB<Schema>(name, 1, {
      upgrade: (db) => void db.createObjectStore('commands', { keyPath: 'seq', autoIncrement: true }),
      // Another tab wants a newer layout: let it have it, this one is on its last legs.
      blocking: (_, __, event) => (event.target as IDBDatabase).close(),
    }))
  }

  async add(entry: Omit<Entry, 'seq'>): Promise<Entry> {
    const transaction = this.#change()
    const [seq] = await Promise.all([transaction.store.add(entry as Entry), transaction.done])
    return { ...entry, seq }
  }

  all(): Promise<Entry[]> {
    return this.#db.getAll('commands')
  }

  async replace(entry: Entry): Promise<void> {
    const transaction = this.#change()
    if (await transaction.store.getKey(entry.seq)) await transaction.store.put(entry)
    await transaction.done
  }

  async remove(seq: number): Promise<void> {
    const transaction = this.#change()
    await Promise.all([transaction.store.delete(seq), transaction.done])
  }

  close(): void {
    this.#db.close()
  }

  // Strict: on the disk, not only with the operating system, before anybody relies on it.
  #change() {
    return this.#db.transaction('commands', 'readwrite', { durability: 'strict' })
  }
}

/** Entries for as long as the page lives, where a browser keeps nothing. */
export class PageStore implements Store {
  #entries: Entry[] = []
  #last = 0

  async add(entry: Omit<Entry, 'seq'>): Promise<Entry> {
    const kept = { ...entry, seq: ++this.#last }
    this.#entries = [...this.#entries, kept]
    return kept
  }

  async all(): Promise<Entry[]> {
    return this.#entries
  }

  async replace(entry: Entry): Promise<void> {
    this.#entries = this.#entries.map((other) => (other.seq === entry.seq ? entry : other))
  }

  async remove(seq: number): Promise<void> {
    this.#entries = this.#entries.filter((entry) => entry.seq !== seq)
  }
}

/** The browser's store; the page's where there is none, such as in some private windows. */
export const openStore = (): Promise<Store> => Promise.resolve().then(() => BrowserStore.open()).catch(() => new PageStore())

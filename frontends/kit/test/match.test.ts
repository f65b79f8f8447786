import { expect, test } from 'vitest'
import { match } from '../src/routing/match.ts'
import table from './routes.json'

// The shell's server matches by the same table: shell/server/route_test.go reads it too.

test.each(table)('$pattern and $path', ({ pattern, path, params }) => expect(match(pattern, path) ?? null).toEqual(params))

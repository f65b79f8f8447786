# Sourced by run: starts PostgreSQL and FerretDB, and stops them by their pids.

uri=
work=
postgres_pid=
ferretdb_pid=

serve() {
	# Every run has a cluster of its own, so runs neither meet nor leave anything.
	work=$(mktemp -d "$root/srv/run.XXXXXX")
	chown "$(chroot "$root" id -u postgres):$(chroot "$root" id -g postgres)" "$work"
	serve_postgres
	serve_ferretdb
}

# exec_as_postgres becomes the program, so that its pid is the one to stop.
exec_as_postgres() {
	export LC_ALL=C.UTF-8
	exec chroot --userspec=postgres:postgres "$root" "$@"
}

as_postgres() { (exec_as_postgres "$@"); }

serve_postgres() {
	local bin=/usr/lib/postgresql/18/bin inside=${work#"$root"}
	as_postgres "$bin/initdb" --pgdata="$inside/data" --username=postgres --auth=trust --no-sync --encoding=UTF8 \
		>"$work/initdb.log" 2>&1 || give_up "initdb failed: $(tail -n 3 "$work/initdb.log")"
	# A throwaway cluster: durability off, no TCP, no /dev/shm needed in the root.
	cat >>"$work/data/postgresql.conf" <<-CONF
		listen_addresses = ''
		unix_socket_directories = '$inside'
		dynamic_shared_memory_type = mmap
		max_connections = 200
		fsync = off
		synchronous_commit = off
		full_page_writes = off
		shared_preload_libraries = 'pg_cron,pg_documentdb_core,pg_documentdb'
		cron.database_name = 'postgres'
		cron.host = '$inside'
		documentdb.localhost_connection_string = 'host=$inside'
	CONF
	(exec_as_postgres "$bin/postgres" -D "$inside/data") >"$work/postgres.log" 2>&1 &
	postgres_pid=$!
	wait_for "$postgres_pid" PostgreSQL "$work/postgres.log" \
		as_postgres "$bin/pg_isready" --quiet --host="$inside"
	as_postgres "$bin/psql" --quiet --host="$inside" --command 'CREATE EXTENSION documentdb CASCADE' \
		>>"$work/postgres.log" 2>&1 || give_up "no DocumentDB extension: $(tail -n 3 "$work/postgres.log")"
}

serve_ferretdb() {
	DO_NOT_TRACK=1 "$cache/ferretdb" --telemetry=disable --no-auth --debug-addr=- --state-dir="$work" \
		--listen-addr=127.0.0.1:0 --log-level=info \
		--postgresql-url="postgres://postgres@/postgres?host=$work" >"$work/ferretdb.log" 2>&1 &
	ferretdb_pid=$!
	wait_for "$ferretdb_pid" FerretDB "$work/ferretdb.log" ferretdb_address
	uri="mongodb://$(ferretdb_address)/"
}

# ferretdb_address prints the loopback address that FerretDB says it listens on.
ferretdb_address() { grep -m 1 -oE '127\.0\.0\.1:[1-9][0-9]*' "$work/ferretdb.log"; }

# wait_for waits until a condition holds, as long as the process lives.
wait_for() {
	local pid=$1 name=$2 log=$3 tries
	shift 3
	for ((tries = 0; tries < 300; tries++)); do
		"$@" >/dev/null 2>&1 && return
		kill -0 "$pid" 2>/dev/null || give_up "$name ended: $(tail -n 5 "$log")"
		sleep 0.1
	done
	give_up "$name was not ready within 30 s: $(tail -n 5 "$log")"
}

stop() {
	local status=$?
	trap - EXIT INT TERM
	end TERM "$ferretdb_pid"
	end INT "$postgres_pid" # INT is PostgreSQL's fast shutdown
	[[ -z $work ]] || rm -rf --one-file-system "$work"
	exit "$status"
}

end() {
	[[ -n $2 ]] || return 0
	kill "-$1" "$2" 2>/dev/null || true
	wait "$2" 2>/dev/null || true
}

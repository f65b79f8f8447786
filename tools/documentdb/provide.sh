# Sourced by run: makes the Debian root and builds FerretDB, or says why not.

say() { echo "documentdb: $*" >&2; }

give_up() {
	say "the engine can't be provided: $*"
	exit "$unavailable"
}

# archive prints the Debian mirror that this machine itself uses.
archive() {
	cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
		awk '/^(deb|URIs:)[ \t]/ { for (i = 2; i <= NF && found == ""; i++) if ($i ~ /^https?:.*\/debian\/?$/) found = $i }
			END { print found }'
}

provide() {
	mkdir -p "$cache"
	echo '*' >"$cache/.gitignore"
	# Two runs at once must not make the same root twice; later runs share it.
	exec {provide_lock}>"$cache/provide.lock"
	flock "$provide_lock"
	provide_root
	provide_ferretdb
	flock -u "$provide_lock"
}

provide_root() {
	[[ -e $root/usr/lib/postgresql/18/bin/postgres ]] && [[ $EUID -eq 0 ]] && return
	[[ $EUID -eq 0 ]] || give_up "debootstrap and chroot need root"
	[[ -e /etc/debian_version ]] || give_up "this is not Debian"
	local mirror log=$cache/provide.log
	mirror=$(archive) || true # a file that isn't there is not an error
	[[ -n $mirror ]] || give_up "no Debian mirror in /etc/apt/sources.list*"
	: >"$log"
	if ! command -v debootstrap >/dev/null; then
		say "installing debootstrap"
		{ apt-get update && apt-get install -y --no-install-recommends debootstrap; } >>"$log" 2>&1 ||
			give_up "debootstrap is missing and can't be installed; see $log"
	fi

	say "making a Debian root with postgresql-18-documentdb (some minutes, once)"
	rm -rf --one-file-system "$root" "$root.partial"
	# The machine's proxy for packages, if it has one, is the root's as well.
	local proxy
	proxy=$(apt-config dump --format '%v%n' Acquire::http::Proxy 2>/dev/null | head -n 1)
	http_proxy=${http_proxy:-$proxy} debootstrap --variant=minbase sid "$root.partial" "$mirror" >>"$log" 2>&1 ||
		give_up "debootstrap failed; see $log"
	if [[ -n $proxy ]]; then
		echo "Acquire::http::Proxy \"$proxy\";" >"$root.partial/etc/apt/apt.conf.d/01proxy"
	fi
	# The package must neither make nor start a cluster of its own.
	mkdir -p "$root.partial/etc/postgresql-common"
	echo 'create_main_cluster = false' >"$root.partial/etc/postgresql-common/createcluster.conf"
	printf '#!/bin/sh\nexit 101\n' >"$root.partial/usr/sbin/policy-rc.d"
	chmod +x "$root.partial/usr/sbin/policy-rc.d"
	# The packages' scripts need /proc, in a mount namespace that ends with them.
	LC_ALL=C DEBIAN_FRONTEND=noninteractive unshare --mount sh -c \
		'mount -t proc proc "$1/proc" && exec chroot "$@"' sh "$root.partial" \
		apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold postgresql-18-documentdb >>"$log" 2>&1 ||
		give_up "postgresql-18-documentdb can't be installed; see $log"
	rm -rf "$root.partial"/var/cache/apt/archives/*.deb
	mv "$root.partial" "$root"
}

provide_ferretdb() {
	command -v go >/dev/null || give_up "there is no go on the PATH"
	# A Go workspace or flags of the caller's must not reach into this module.
	GOWORK=off GOFLAGS=-buildvcs=false go build -C "$here" -o "$cache/ferretdb" github.com/FerretDB/FerretDB/v2/cmd/ferretdb \
		>"$cache/build.log" 2>&1 || give_up "FerretDB can't be built; see $cache/build.log"
}

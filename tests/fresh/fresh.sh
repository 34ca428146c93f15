#!/bin/sh
# Runs the README's two commands on a fresh Debian, as a newcomer would: in a folder made by
# debootstrap with nothing installed but what the system itself needs, on a clone of this tree.
#
# usage: fresh.sh RELEASE FOLDER      (as root; RELEASE: bookworm, trixie, ...; FOLDER: new)
#
# Takes 15 to 25 minutes on two cores and 3 GB. Not a part of the tests. What it prints ends with
# the closing lines of ctest. A mirror can be named in MIRROR.
set -eu

release=$1
root=$2
source=$(cd "$(dirname "$0")/../.." && pwd)
mirror=${MIRROR:-$(sed -n 's/^URIs: //p; s/^deb \([^ ]*\) .*/\1/p' /etc/apt/sources.list \
    /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)}

[ ! -e "$root" ] || { echo "fresh.sh: $root is there already; name a new folder" >&2; exit 2; }
debootstrap --variant=minbase "$release" "$root" "$mirror" > /dev/null
leave() {
    umount "$root/dev/pts" "$root/dev" "$root/proc" 2> /dev/null || true
}
trap leave EXIT
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount --bind /dev/pts "$root/dev/pts"
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
git clone -q "$source" "$root/root/tokvec"

# The README's blocks fenced by ```sh, one after the other.
for block in 1 2; do
    command=$(awk -v wanted=$block '/^```sh$/ {block++; inside = 1; next} /^```$/ {inside = 0}
        inside && block == wanted' "$source/README.md")
    echo "== $release, command $block"
    chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        DEBIAN_FRONTEND=noninteractive sh -c "cd /root/tokvec && $command" > "$root/log$block" 2>&1 ||
        { tail -n 30 "$root/log$block"; echo "fresh.sh: command $block failed" >&2; exit 1; }
    if [ $block -eq 1 ]; then tail -n 12 "$root/log1"; else tail -n 15 "$root/log2"; fi
done

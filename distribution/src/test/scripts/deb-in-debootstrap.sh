#!/bin/bash
# deb-in-debootstrap.sh FILE.deb: installs the package in a fresh Debian 12, starts it, asks it, upgrades it, purges it. Needs root, debootstrap
# and the archive that this machine's apt uses. Prints what it does; the last line is `ok`.
set -euo pipefail

deb=$1
root=$(mktemp -d)
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
end() {
    [ ! -x "$root/usr/bin/headgate" ] || chroot "$root" headgate stop || true
    for folder in dev proc; do
        ! mountpoint -q "$root/$folder" || umount -l "$root/$folder"
    done
    # Never into what is still mounted: these are this machine's devices.
    rm -rf --one-file-system "$root"
}
trap end EXIT
fail() {
    echo "failed: $*"
    exit 1
}
inside() { chroot "$root" "$@"; }

export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin
unset HEADGATE_HOME JAVA_HOME
debootstrap --variant=minbase bookworm "$root" "$mirror" >/dev/null
# mktemp made it for root alone, and it is everybody's root in there.
chmod 755 "$root"
cp /etc/resolv.conf "$root/etc/"
cp -r /etc/apt/apt.conf.d "$root/etc/apt/"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
groupadd --root "$root" --system gpio
cp "$deb" "$root/tmp/headgate.deb"
inside apt-get update -qq
inside apt-get install -y -qq --no-install-recommends /tmp/headgate.deb >/dev/null
echo "installed: $(inside dpkg-query -W headgate); groups of its user: $(inside id -nG headgate)"

# systemd does not run here, as when an image is made.
enabled=$root/etc/systemd/system/multi-user.target.wants/headgate.service
[ -L "$enabled" ] || fail "the service is not enabled"

inside headgate start
inside headgate exec gateway:status
pid=$(cat "$root/var/lib/headgate/var/run/pid")
[ "$(stat -c %u "/proc/$pid")" = "$(inside id -u headgate)" ] || fail "what root started runs as $(stat -c %U "/proc/$pid")"
others=$(inside find /var/lib/headgate /etc/headgate ! -user headgate ! -path /var/lib/headgate/etc)
[ -z "$others" ] || fail "the service could not write $others"
[ -f "$root/etc/headgate/headgate.gateway.cfg" ] || fail "no settings in /etc/headgate"
inside headgate stop

# As systemctl disable does it.
rm "$enabled"
mv "$root/etc/headgate" "$root/etc/headgate.away"
ln -sfn /mnt/absent "$root/var/lib/headgate/etc"
inside dpkg -i /tmp/headgate.deb >/dev/null
[ ! -L "$enabled" ] || fail "an upgrade enabled what was disabled"
[ "$(readlink "$root/var/lib/headgate/etc")" = /mnt/absent ] || fail "an upgrade changed where the settings are"
rm -r "$root/etc/headgate.away"
inside apt-get remove -y -qq headgate >/dev/null
[ -d "$root/var/lib/headgate/secrets" ] || fail "a removal took the data"
inside dpkg -i /tmp/headgate.deb >/dev/null

inside apt-get purge -y -qq headgate >/dev/null
for left in /etc/headgate /etc/default/headgate /var/lib/headgate /usr/share/headgate /usr/bin/headgate /etc/systemd/system/headgate.service; do
    [ ! -e "$root$left" ] && [ ! -L "$root$left" ] || fail "left behind: $left"
done
! grep -q '^headgate:' "$root/etc/passwd" || fail "left behind: the user"
echo ok

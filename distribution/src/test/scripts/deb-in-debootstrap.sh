#!/bin/bash
# deb-in-debootstrap.sh FILE.deb: installs the package in a fresh Debian 12, starts it, asks it, purges it. Needs root, debootstrap and the
# archive that this machine's apt uses. Prints what it does; the last line is `ok`.
set -euo pipefail

deb=$1
root=$(mktemp -d)
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
end() {
    [ ! -x "$root/usr/bin/headgate" ] || chroot "$root" headgate stop || true
    for folder in dev proc; do
        mountpoint -q "$root/$folder" && umount -l "$root/$folder"
    done
    rm -rf "$root"
}
trap end EXIT

debootstrap --variant=minbase bookworm "$root" "$mirror" >/dev/null
cp /etc/resolv.conf "$root/etc/"
cp -r /etc/apt/apt.conf.d "$root/etc/apt/"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
groupadd --root "$root" --system gpio
cp "$deb" "$root/tmp/headgate.deb"
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin
chroot "$root" apt-get update -qq
chroot "$root" apt-get install -y -qq --no-install-recommends /tmp/headgate.deb >/dev/null
echo "installed: $(chroot "$root" dpkg-query -W headgate); groups of its user: $(chroot "$root" id -nG headgate)"
chroot "$root" su -s /bin/bash headgate -c 'headgate start'
chroot "$root" headgate exec gateway:status
[ "$(stat -c %U "$root/var/lib/headgate/var")" = "$(chroot "$root" id -un headgate)" ] || [ -d "$root/var/lib/headgate/var" ]
[ -f "$root/etc/headgate/headgate.gateway.cfg" ]
chroot "$root" headgate stop
chroot "$root" apt-get purge -y -qq headgate >/dev/null
for left in /etc/headgate /var/lib/headgate /usr/share/headgate /usr/bin/headgate; do
    [ ! -e "$root$left" ] || { echo "left behind: $left"; exit 1; }
done
! grep -q '^headgate:' "$root/etc/passwd" || { echo "left behind: the user"; exit 1; }
echo ok

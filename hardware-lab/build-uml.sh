#!/bin/bash
# Builds the test kernel, User Mode Linux with our simulated buses, into the folder $OUT, from Debian's own packages:
# linux-source gcc make flex bison bc libelf-dev xz-utils kmod
set -euo pipefail

here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
out=${OUT:?set OUT, the folder for the kernel}
source=$(find /usr/src -maxdepth 1 -name 'linux-source-*.tar.xz' | sort -V | tail -n 1)
[ -n "$source" ] || { echo "no /usr/src/linux-source-*.tar.xz: apt-get install linux-source" >&2; exit 3; }
mkdir -p "$out"
work=$(mktemp -d "$out/build.XXXXXX")
trap 'rm -rf "$work"' EXIT
tar -xf "$source" -C "$work" --strip-components=1
cd "$work"
sed -i -f "$here/kernel/deliver-edges-now.sed" drivers/gpio/gpio-sim.c
grep -q irq_work_run drivers/gpio/gpio-sim.c || { echo "gpio-sim.c has changed: adapt kernel/deliver-edges-now.sed" >&2; exit 1; }
sed -i -f "$here/kernel/size-of-host-registers.sed" arch/x86/um/os-Linux/registers.c
sed -i 's/DEFINE_LONGS(HOST_FP_SIZE, 2696)/DEFINE_LONGS(HOST_FP_SIZE, 12288)/' arch/x86/um/user-offsets.c
[ "$(grep -c host_registers_bytes arch/x86/um/os-Linux/registers.c)" = 3 ] && grep -q 12288 arch/x86/um/user-offsets.c ||
    { echo "the code for registers has changed: adapt kernel/size-of-host-registers.sed" >&2; exit 1; }
make -s ARCH=um allnoconfig >/dev/null
./scripts/kconfig/merge_config.sh -m .config "$here/kernel/uml.config" >/dev/null
make -s ARCH=um olddefconfig
for option in GPIO_SIM GPIO_CDEV I2C_CHARDEV SPI_SPIDEV PWM SERIAL_CORE DEVTMPFS HOSTFS CONFIGFS_FS; do
    grep -q "^CONFIG_$option=y" .config || { echo "this kernel has no CONFIG_$option" >&2; exit 1; }
done
make -s ARCH=um -j"$(nproc)" linux modules 2>&1 | grep -v 'RWX\|executable stack' || true
mkdir gwsim
cp "$here"/kernel/gw*.c gwsim/
echo 'obj-m += gwsim.o gwpwm.o gwuart.o' >gwsim/Kbuild
make -s ARCH=um M="$PWD/gwsim" modules
cp drivers/i2c/i2c-stub.ko gwsim/*.ko "$out/"
# Last: whoever finds it finds all.
strip -o "$out/linux-gw.new" linux
mv "$out/linux-gw.new" "$out/linux-gw"

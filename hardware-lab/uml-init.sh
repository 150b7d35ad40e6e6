#!/bin/bash
# The first process of the guest. GW_* come from the kernel's command line.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/
mount -t proc p /proc
mount -t sysfs s /sys
mount -t devtmpfs d /dev 2>/dev/null
mkdir -p /dev/pts /dev/shm
mount -t devpts p /dev/pts
mount -t tmpfs t /dev/shm
mount -t configfs c /sys/kernel/config 2>/dev/null
mount -t debugfs d /sys/kernel/debug 2>/dev/null
mount -t hostfs -o "$GW_RW" none "$GW_RW"
cd "$GW_RW" || exit 1
ip link set lo up
hostname localhost
# The guest has next to no noise of its own, and whoever needs random numbers would wait for minutes.
perl -e 'open(my $r, "+<", "/dev/random"); local $/; open(my $s, "<", "seed"); my $b = <$s>; ioctl($r, 0x40085203, pack("ii", 8 * length $b, length $b) . $b)'
insmod "$GW_OUT/i2c-stub.ko" chip_addr=0x76
insmod "$GW_OUT/gwsim.ko" i2c_bus=1 spi_bus=0 ${GW_SIM:-}
insmod "$GW_OUT/gwpwm.ko"
insmod "$GW_OUT/gwuart.ko"
chip=/sys/kernel/config/gpio-sim/gw
mkdir -p $chip/bank0
echo 54 >$chip/bank0/num_lines
echo pinctrl-gwsim >$chip/bank0/label
mkdir $chip/bank0/line4
echo GPIO4 >$chip/bank0/line4/name
echo 1 >$chip/live
echo "test kernel up after $(cut -d' ' -f1 /proc/uptime) s"
bash "$GW_JOB"
rc=$?
echo $rc >"$GW_RW/rc"
sync
halt -f -n 2>/dev/null || halt -f

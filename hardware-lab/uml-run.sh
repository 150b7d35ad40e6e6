#!/bin/bash
# uml-run.sh JOB [NAME=value ...]: boots the test kernel on this machine's files, which it can only read, and runs a bash script in it.
# In there: GPIO chip `pinctrl-gwsim` (54 lines, line 4 named GPIO4), i2c-0 (i2c-stub, SMBus only), i2c-1 and spidev0.x (gwsim).
# OUT: the folder of the kernel. RW: the one folder that the guest may write; the job's exit status is in RW/rc. Needs no root and no KVM.
set -u

here=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
job=$1
shift
memory=${MEM:-1200}
# The guest's memory is a file; small containers have a small /dev/shm.
free=$(df -Pm /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
[ "${free:-0}" -ge "$memory" ] && export TMPDIR=/dev/shm || export TMPDIR=${RW:?}
export HOME=$RW
head -c 64 /dev/urandom >"$RW/seed"
exec timeout "${T:-300}" "${OUT:?}/linux-gw" mem="${memory}M" root=/dev/root rootfstype=hostfs rootflags=/ ro \
    init="$here/uml-init.sh" con=null con0=null,fd:1 con1=null quiet GW_OUT="$OUT" GW_RW="$RW" GW_JOB="$job" "$@" </dev/null

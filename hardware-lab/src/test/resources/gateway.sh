# In the guest: the packaged gateway, with pins on both ends of a rule. DIST is the distribution, JAVA_HOME and HEADGATE_HOME are set.
set -u
etc=$HEADGATE_HOME/etc
mkdir -p "$etc"
port=20022
cat >"$etc/headgate.gateway.cfg" <<END
drivers = gpio, i2c, spi
console.port = $port
END
cat >"$etc/headgate.device-panel.cfg" <<END
driver = gpio
address = auto
channel.button = 10 bool
END
cat >"$etc/headgate.device-lamp.cfg" <<END
driver = gpio
address = pinctrl-gwsim
channel.light = 11 bool access=rw safe=false
END
cat >"$etc/headgate.device-env.cfg" <<END
driver = i2c
address = i2c-1/0x76
profile = bme280
END
cat >"$etc/headgate.device-meter.cfg" <<END
driver = i2c
address = i2c-1/0x40
channel.id = 0xd0 uint8
END
cat >"$etc/headgate.device-adc.cfg" <<END
driver = spi
address = spi0.1,mode=0,speed=1MHz
read-flag = 0x80
channel.id = 0x50 uint8
END
cat >"$etc/headgate.rule-dusk.cfg" <<END
sql = SELECT button AS light FROM panel
actions = device:lamp/light
END

# A BME280 with the trimming values, the temperature and the pressure of the example in BST-BMP280-DS001, 3.12.
# registers AT HEX: of the chip at 0x76
registers() { printf "$(echo "$2" | sed 's,..,\\x&,g')" | dd of=/sys/kernel/debug/gwsim/i2c-76 bs=256 seek=$(($1)) oflag=seek_bytes conv=notrunc status=none; }
registers 0x88 706b436718fc7d8e43d6d00b270b8c00f9ff8c3cf8c67017004b
registers 0xe1 6a01001329031e
registers 0xf7 655ac07eed007530

pins=$(echo /sys/devices/platform/gpio-sim.0/gpiochip*)
headgate() { "$DIST/bin/headgate" "$@"; }
# awaits SECONDS COMMAND...: until it succeeds
awaits() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || { echo "not within the time: $*"; headgate exec device:list; headgate exec rule:list; tail -n 40 "$HEADGATE_HOME/var/log/headgate.log"; exit 1; }
        sleep 0.2
    done
}
online() { headgate exec device:list --json | grep -o "\"name\":\"$1\"[^}]*" | grep -q ONLINE; }
shows() { [ "$(cat "$pins/sim_gpio11/value")" = "$1" ]; }
# reads DEVICE TEXT: the text is in what it reads
reads() { headgate exec device:read "$1" --json | grep -q "$2"; }

echo pull-down >"$pins/sim_gpio10/pull"
headgate start || exit 1
for device in panel lamp env meter adc; do
    awaits 60 online $device
done
for press in 1 0 1; do
    [ $press = 1 ] && echo pull-up >"$pins/sim_gpio10/pull" || echo pull-down >"$pins/sim_gpio10/pull"
    awaits 10 shows $press
done
awaits 10 reads env '"temperature":25.08[,}]'
awaits 10 reads env '"pressure":1006.53'
awaits 10 reads meter '"id":96[,}]'
awaits 10 reads adc '"id":96[,}]'
headgate exec device:read env
headgate exec device:discover i2c
headgate exec device:discover gpio | head -n 5
headgate exec gateway:doctor
headgate stop || exit 1
# What was switched on is safe after an orderly stop.
awaits 5 shows 0
echo "the gateway drives the pins"

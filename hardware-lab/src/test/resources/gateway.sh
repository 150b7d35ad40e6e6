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
reads() { headgate exec device:read "$1" --json | grep -q "\"id\":96"; }

echo pull-down >"$pins/sim_gpio10/pull"
headgate start || exit 1
for device in panel lamp env adc; do
    awaits 60 online $device
done
for press in 1 0 1; do
    [ $press = 1 ] && echo pull-up >"$pins/sim_gpio10/pull" || echo pull-down >"$pins/sim_gpio10/pull"
    awaits 10 shows $press
done
awaits 10 reads env
awaits 10 reads adc
headgate exec device:discover i2c
headgate exec device:discover gpio | head -n 5
headgate exec gateway:doctor
headgate stop || exit 1
# What was switched on is safe after an orderly stop.
awaits 5 shows 0
echo "the gateway drives the pins"

# In the guest. DIST, EDGES, JAVA, CP are set.
set -u
# In the guest's memory: a sync of a file of the host's stops the whole guest until the host's disk has answered.
HEADGATE_HOME=/dev/shm/home
export HEADGATE_HOME
etc=$HEADGATE_HOME/etc
mkdir -p "$etc"
export JAVA_HOME=${JAVA%/bin/java}
headgate() { "$DIST/bin/headgate" "$@"; }
pins=("$JAVA" -Xmx64m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djna.tmpdir=/dev/shm -Djava.io.tmpdir=/dev/shm -cp "$CP" org.headgate.bench.PinsLoad)
load() { "${pins[@]}" "$@"; }
# headgate exec without a process: what the load starts must not take the time of the one CPU that it measures.
ask() {
    local port token line=x1
    read -r port token <"$HEADGATE_HOME/var/run/exec-admin"
    exec 3<>"/dev/tcp/127.0.0.1/$port" || return
    printf '%s\0' "$token" $# "$@" >&3
    while IFS= read -r line <&3; do
        [[ $line != $'\004'* ]] || break
    done
    exec 3>&-
    return "${line:1}"
}
load rates
cat >"$etc/headgate.gateway.cfg" <<END
drivers = gpio, simulator
console.port = 20022
# An edge each 10 ms; with the usual 10 writes a second the newest value would be written at that rate.
command.rate = 1000/s
command.burst = 1000
END
printf 'driver = gpio\naddress = auto\npoll = 1s\nchannel.button = 10 bool\n' >"$etc/headgate.device-panel.cfg"
printf 'driver = gpio\naddress = auto\npoll = 1s\nchannel.light = 11 bool access=rw\n' >"$etc/headgate.device-lamp.cfg"
printf 'driver = simulator\n' >"$etc/headgate.device-boiler.cfg"
printf 'sql = SELECT button AS light FROM panel\nactions = device:lamp/light\n' >"$etc/headgate.rule-dusk.cfg"
# Nobody listens there: the cloud is down.
printf 'address = mqtt://127.0.0.1:1\nstreams = *\n' >"$etc/headgate.uplink-cloud.cfg"
echo pull-down >/sys/devices/platform/gpio-sim.0/gpiochip*/sim_gpio10/pull
# What nothing in this guest can be faster than: one thread from the edge to the output; then beside a process that wants the CPU, too.
"${pins[@]}" floor >/dev/shm/floor &
floor=$!
until [ -s /dev/shm/floor ]; do sleep 0.1; done
load latency "warm-up: floor" 200 >/dev/null
load latency "floor of an idle CPU," "$EDGES"
while :; do :; done &
load latency "floor of a busy CPU," "$EDGES"
kill $! $floor
wait
headgate start || exit 1
headgate exec gateway:version
for _ in {1..300}; do
    [ "$(headgate exec device:list --json | grep -o '"ONLINE"' | wc -l)" -ge 3 ] && break
    sleep 0.2
done
load latency "warm-up: edge to output" 200 >/dev/null
load latency "edge to output, cloud down," "$EDGES"
(swaps=0
while [ ! -e "$HEADGATE_HOME/done" ]; do
    ask driver:remove simulator --yes && ask driver:install simulator && swaps=$((swaps + 1))
done
printf 'RESULT\tdriver swaps meanwhile\t%d\t\n' $swaps) &
load latency "edge to output, during driver swaps," "$EDGES"
touch "$HEADGATE_HOME/done"
wait
headgate exec gateway:flow
headgate stop

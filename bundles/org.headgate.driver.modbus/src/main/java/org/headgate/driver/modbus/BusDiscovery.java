package org.headgate.driver.modbus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Consumer;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discovered.Point;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.system.api.Clock;

/** Finds units on a line, and what their registers may mean. Nothing is written to them. */
final class BusDiscovery implements Discovery {
    private final UnitScan.Opening lines;
    private final Clock clock;
    private final Sightings sightings;

    BusDiscovery(UnitScan.Opening lines, Clock clock, Sightings sightings) {
        this.lines = lines;
        this.clock = clock;
        this.sightings = sightings;
    }

    @Override
    public String where() {
        return "a line such as rtu:/dev/ttyUSB0, tcp:HOST or rtu-tcp:HOST:PORT";
    }

    @Override
    public List<String> places() throws IOException {
        // What hangs on a port is asked only where the user says so: it may be no Modbus, and take the question for an
        // order.
        throw new IOException("say where: " + where());
    }

    @Override
    public void search(DeviceSettings place, Consumer<Discovered> found) throws InvalidSettingException, IOException {
        ProbeSettings settings = ProbeSettings.of(place);
        Sightings.Search search = sightings.begin(settings.lines().get(0).medium());
        new UnitScan(lines, clock, settings, place.timeout(), search::progress).run(unit -> {
            search.saw(unit);
            found.accept(found(unit));
        });
    }

    private static Discovered found(ProbedUnit unit) {
        List<Point> points = new ArrayList<>();
        unit.tables().forEach((table, registers) -> points.addAll(points(table, registers)));
        String obstacle = unit.twin().isPresent()
                ? "has what unit " + unit.twin().getAsInt() + " has: the device answers to any unit"
                : points.isEmpty() ? "no register says anything: look elsewhere with registers=holding/1000-1099" : "";
        return new Discovered(
                unit.name(),
                unit.address(),
                "unit " + unit.unit() + ": " + unit.proof() + "; " + unit.registers() + " registers could be read",
                obstacle,
                Map.of(),
                points);
    }

    private static List<Point> points(String table, NavigableMap<Integer, Integer> registers) {
        List<Point> points = new ArrayList<>();
        for (Guesses.Guess guess : Guesses.of(registers)) {
            points.add(new Point(
                    table.charAt(0) + "" + guess.from(),
                    table + "/" + guess.from() + " " + guess.type(),
                    new Source(Table.ofWord(table).orElseThrow(), guess.from()).number() + ", now " + guess.value(),
                    ""));
        }
        return points;
    }
}

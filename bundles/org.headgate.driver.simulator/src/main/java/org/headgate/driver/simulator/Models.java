package org.headgate.driver.simulator;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Texts;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.InvalidSettingException;

/** Finds what can be simulated: the machines made of formulas, or the streams of a recording with their columns. */
final class Models implements Discovery {
    /** As many lines as are checked when a recording is opened. */
    private static final int LINES = 1000;

    private final HomeFiles files;

    Models(HomeFiles files) {
        this.files = files;
    }

    @Override
    public String where() {
        return Recording.PREFIX + "FILE for the streams of a recording";
    }

    @Override
    public void search(DeviceSettings place, Consumer<Discovered> found) throws InvalidSettingException, IOException {
        String address = place.address();
        place.requireKnown(List.of());
        if (address.startsWith(Recording.PREFIX) && address.length() > Recording.PREFIX.length()) {
            recorded(address, found);
        } else if (address.isEmpty()) {
            // What the driver simulates where a file names no address.
            found.accept(Discovered.device("boiler", "", "a boiler with pump and set point"));
            found.accept(new Discovered(
                    "mirror",
                    SimulatorDriver.MIRROR,
                    "shows any channel that is configured",
                    "",
                    Map.of(),
                    List.of(new Discovered.Point("value", "value unit=% min=0 max=100", "swings by itself", ""))));
        } else {
            throw new InvalidSettingException("address", address, "none, or " + where());
        }
    }

    private void recorded(String address, Consumer<Discovered> found) throws InvalidSettingException, IOException {
        Map<String, Map<String, String>> streams = new LinkedHashMap<>();
        int line = 0;
        try (LineFile rows = new LineFile(files.open(address.substring(Recording.PREFIX.length())), 0)) {
            for (Optional<String> text = rows.next(); text.isPresent() && line < LINES; text = rows.next()) {
                line++;
                if (!text.get().isBlank()) {
                    RecordedRow row = RecordedRow.parse(text.get());
                    Map<String, String> columns = streams.computeIfAbsent(row.stream(), any -> new LinkedHashMap<>());
                    row.data().forEach((name, value) -> columns.putIfAbsent(name, type(value)));
                }
            }
        } catch (IllegalArgumentException wrong) {
            throw new InvalidSettingException(
                    "address", address, "rows as JSON lines; line " + line + ": " + wrong.getMessage());
        }
        streams.forEach((stream, columns) -> found.accept(device(address, stream, columns)));
    }

    private static Discovered device(String address, String stream, Map<String, String> columns) {
        // The rows are found by the device's name, so no other will do.
        String obstacle = Texts.isName(stream) ? "" : "its name cannot be a device's: " + Texts.NAME_EXPECTED;
        List<Discovered.Point> points = columns.entrySet().stream()
                .map(column -> new Discovered.Point(
                        column.getKey(),
                        column.getKey() + column.getValue(),
                        "",
                        Texts.isName(column.getKey()) ? "" : "its name cannot be a channel's: " + Texts.NAME_EXPECTED))
                .toList();
        return new Discovered(stream, address, "a recorded stream; keep its name", obstacle, Map.of(), points);
    }

    /** The word of the type, behind a blank; numbers need none. */
    private static String type(Object value) {
        return value instanceof Boolean ? " bool" : value instanceof String ? " string" : "";
    }
}

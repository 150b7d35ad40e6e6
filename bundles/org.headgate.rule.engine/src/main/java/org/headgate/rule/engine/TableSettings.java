package org.headgate.rule.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Settings;
import org.headgate.data.api.Type;
import org.headgate.device.api.Devices;

/**
 * What a table's file says; exactly one of the first three is there.
 *
 * @param file a file in {@code HOME/files}
 * @param device the device whose attributes are the table's only row
 * @param devices whether each device is a row
 * @param key a column with another value in each row
 * @param columns the types of the columns; empty to find them
 */
record TableSettings(
        Optional<String> file,
        Optional<String> device,
        boolean devices,
        Optional<String> key,
        Map<String, Type> columns) {
    static final String CSV = ".csv";
    static final String JSON = ".json";
    private static final String COLUMNS = "columns";

    /** Reads them; what is wrong is told to the settings. */
    static TableSettings of(Settings settings) {
        Optional<String> file = settings.text("file");
        Optional<String> device = settings.text("device");
        Optional<String> devices = settings.text("devices");
        List<Optional<String>> sources = List.of(file, device, devices);
        if (sources.stream().filter(Optional::isPresent).count() != 1) {
            settings.wrong("file", "one of file = NAME.csv, file = NAME.json, device = NAME and devices = *");
        }
        if (file.isPresent() && !file.get().endsWith(CSV) && !file.get().endsWith(JSON)) {
            settings.wrong("file", "a file in HOME/files whose name ends in .csv or .json");
        }
        if (devices.isPresent() && !devices.get().equals("*")) {
            settings.wrong("devices", "*, or device = NAME for one");
        }
        if (file.isEmpty()) {
            for (String key : List.of("key", COLUMNS)) {
                if (settings.has(key)) {
                    settings.wrong(key, "nothing: this key is for files");
                }
            }
        }
        return new TableSettings(file, device, devices.isPresent(), settings.text("key"), columns(settings));
    }

    TableSource source(HomeFiles files, Devices all, Configurations configurations) {
        return file.<TableSource>map(name -> new FileTable(files, name, columns, key))
                .orElseGet(() -> new DeviceTable(all, configurations, device));
    }

    /** As the console names it. */
    String text() {
        return file.map(name -> "file " + name)
                .or(() -> device.map(name -> "device " + name))
                .orElse("devices");
    }

    private static Map<String, Type> columns(Settings settings) {
        Map<String, Type> columns = new LinkedHashMap<>();
        List<String> types = new ArrayList<>();
        Arrays.stream(Type.values()).forEach(type -> types.add(type.name()));
        for (String column : settings.list(COLUMNS)) {
            int colon = column.lastIndexOf(':');
            String name = colon < 0 ? "" : column.substring(0, colon).strip();
            String type = column.substring(colon + 1).strip();
            if (name.isEmpty() || !types.contains(type) || columns.put(name, Type.valueOf(type)) != null) {
                settings.wrong(
                        COLUMNS,
                        "names and types such as id:LONG, name:STRING; each name once, types: "
                                + String.join(", ", types));
                return Map.of();
            }
        }
        return columns;
    }
}

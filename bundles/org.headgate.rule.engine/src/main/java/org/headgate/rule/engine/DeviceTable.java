package org.headgate.rule.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.data.api.Type;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.rule.language.Table;
import org.headgate.rule.table.TableException;
import org.headgate.rule.table.TableReader;

/**
 * What is known of devices: name, driver, address, whether they are simulated, and the keys {@code attribute.NAME} of their files.
 *
 * @param only the one device; empty for all
 */
record DeviceTable(Devices devices, Configurations configurations, Optional<String> only) implements TableSource {
    private static final String ATTRIBUTE = "attribute.";
    private static final Map<String, Type> TYPES =
            Map.of("name", Type.STRING, "driver", Type.STRING, "address", Type.STRING, "simulated", Type.BOOLEAN);

    @Override
    public Object stamp() throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        for (DeviceStatus device : devices.list()) {
            if (only.isEmpty() || only.get().equals(device.name())) {
                rows.add(row(device));
            }
        }
        if (only.isPresent() && rows.isEmpty()) {
            throw new IOException("device: " + only.get() + " (expected: the name of a device)");
        }
        return rows;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Table read() throws IOException, TableException {
        List<Map<String, String>> rows = (List<Map<String, String>>) stamp();
        Set<String> names = new LinkedHashSet<>(List.of("name", "driver", "address", "simulated"));
        rows.forEach(row -> names.addAll(row.keySet()));
        List<List<String>> cells = new ArrayList<>();
        for (Map<String, String> row : rows) {
            List<String> values = new ArrayList<>();
            names.forEach(name -> values.add(row.get(name)));
            cells.add(values);
        }
        return TableReader.cells(List.copyOf(names), cells, TYPES);
    }

    private Map<String, String> row(DeviceStatus device) {
        Map<String, String> row = new LinkedHashMap<>();
        configurations.values(FileName.of("device", device.name()).file()).forEach((key, value) -> {
            if (key.startsWith(ATTRIBUTE) && !value.isBlank()) {
                row.put(key.substring(ATTRIBUTE.length()), value);
            }
        });
        row.put("name", device.name());
        row.put("driver", device.driver());
        row.put("address", device.address());
        row.put("simulated", String.valueOf(device.simulated()));
        return row;
    }
}

package org.headgate.commands.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.headgate.config.api.Configurations;

/** Files in memory. */
final class MemoryConfigurations implements Configurations {
    final Map<String, Map<String, String>> files = new TreeMap<>();
    final List<String> warnings = new ArrayList<>();
    int writes;

    @Override
    public List<String> files() {
        return List.copyOf(files.keySet());
    }

    @Override
    public Optional<String> value(String file, String key) {
        return Optional.ofNullable(values(file).get(key));
    }

    @Override
    public Map<String, String> values(String file) {
        return files.getOrDefault(file, Map.of());
    }

    @Override
    public void edit(String file, Map<String, Optional<String>> changes) throws IOException {
        writes++;
        Map<String, String> values = files.computeIfAbsent(file, name -> new LinkedHashMap<>());
        changes.forEach((key, value) -> value.ifPresentOrElse(text -> values.put(key, text), () -> values.remove(key)));
    }

    @Override
    public void set(String file, String key, String value) throws IOException {
        edit(file, Map.of(key, Optional.of(value)));
    }

    @Override
    public void unset(String file, String key) throws IOException {
        edit(file, Map.of(key, Optional.empty()));
    }

    @Override
    public void remove(String file) {
        files.remove(file);
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }
}

package org.headgate.config.api.kit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.headgate.config.api.Applied;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.InvalidChangeException;

/** Files in memory: keys and values, comments are not kept. */
public final class MemoryConfigurations implements Configurations {
    private final Map<String, Map<String, String>> files = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private List<String> problems = List.of();
    private String failure = "";

    /** Puts a file there, without a change. */
    public MemoryConfigurations with(String file, Map<String, String> values) {
        files.put(file, new LinkedHashMap<>(values));
        return this;
    }

    /** Gives a key of a file a value, without a change; null takes it out. */
    public void put(String file, String key, String value) {
        edit(file, new Change.Edit.Keys(Map.of(key, Optional.ofNullable(value))));
    }

    /** From now on there is this warning too. */
    public void warn(String warning) {
        warnings.add(warning);
    }

    /** From now on every change is refused for these problems; none to take them again. */
    public void refuse(List<String> reasons) {
        problems = List.copyOf(reasons);
    }

    /** From now on no change can be written, for this reason; empty to end that. */
    public void fail(String reason) {
        failure = reason;
    }

    /** The changes that were made. */
    public List<Change> changes() {
        return List.copyOf(changes);
    }

    @Override
    public List<String> files() {
        return List.copyOf(files.keySet());
    }

    @Override
    public Map<String, String> values(String file) {
        return files.getOrDefault(file, Map.of());
    }

    @Override
    public Optional<String> text(String file) {
        return Optional.ofNullable(files.get(file)).map(values -> {
            StringBuilder text = new StringBuilder();
            values.forEach(
                    (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
            return text.toString();
        });
    }

    @Override
    public List<String> problems(Change change) {
        return problems;
    }

    @Override
    public Applied change(Change change) throws IOException {
        if (!problems.isEmpty()) {
            throw new InvalidChangeException(problems);
        }
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        changes.add(change);
        change.edits().forEach(this::edit);
        return new Applied(changes.size(), List.copyOf(change.edits().keySet()), List.of());
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    private void edit(String file, Change.Edit edit) {
        if (edit instanceof Change.Edit.Keys keys) {
            Map<String, String> values = files.computeIfAbsent(file, name -> new LinkedHashMap<>());
            keys.values()
                    .forEach((key, value) ->
                            value.ifPresentOrElse(text -> values.put(key, text), () -> values.remove(key)));
        } else if (edit instanceof Change.Edit.Text text) {
            Map<String, String> values = new LinkedHashMap<>();
            text.text()
                    .lines()
                    .map(line -> line.split("=", 2))
                    .filter(parts -> parts.length == 2)
                    .forEach(parts -> values.put(parts[0].strip(), parts[1].strip()));
            files.put(file, values);
        } else {
            files.remove(file);
        }
    }
}

package org.headgate.config.api;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All files of a gateway at one instant: as they are, or as they would be. Immutable.
 *
 * @param files the files by name; files whose names nobody reads are left out
 */
public record SetUp(SortedMap<String, Contents> files) {
    /**
     * One file.
     *
     * @param values its keys and values, in its order; empty when it is broken
     * @param broken why it cannot be read ({@code line 3: no '='})
     */
    public record Contents(Map<String, String> values, Optional<String> broken) {}

    public SetUp {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** An instance with settings of its own: {@code instance("device", "boiler")}. */
    public Optional<Instance> instance(String kind, String name) {
        return instance(FileName.of(kind, name).file());
    }

    /** The instance of a file. */
    public Optional<Instance> instance(String file) {
        Contents contents = files.get(file);
        return contents == null
                ? Optional.empty()
                : FileName.of(file)
                        .map(name ->
                                new Instance(name.name(), file, new Settings(contents.values()), contents.broken()));
    }

    /** The names of all instances of a kind, sorted. */
    public List<String> names(String kind) {
        return files.keySet().stream()
                .flatMap(file -> FileName.of(file).stream())
                .filter(file -> file.kind().equals(kind))
                .map(FileName::name)
                .sorted()
                .toList();
    }
}

package org.headgate.commands.kit;

import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Texts;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.UsageException;

/** The configured instances of one kind, by their files: as a command names, completes and misses them. */
public final class Instances {
    private final Configurations configurations;
    private final String kind;

    /**
     * The instances of a kind.
     *
     * @param kind {@code device}, {@code profile}, {@code rule} or {@code uplink}
     */
    public Instances(Configurations configurations, String kind) {
        this.configurations = configurations;
        this.kind = kind;
    }

    /** Their names, sorted. */
    public List<String> names() {
        return configurations.files().stream()
                .flatMap(file -> FileName.of(file).stream())
                .filter(file -> file.factory() && file.kind().equals(kind))
                .map(FileName::name)
                .sorted()
                .toList();
    }

    /** The file of an instance. */
    public String file(String name) {
        return FileName.of(kind, name).file();
    }

    /** Whether there is an instance. */
    public boolean exists(String name) {
        return configurations.files().contains(file(name));
    }

    /** The value of a key of an instance. */
    public Optional<String> value(String name, String key) {
        return configurations.value(file(name), key);
    }

    /** Completion of the first word. */
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? names() : List.of();
    }

    /** Fails: {@code no rule hto; did you mean hot? rule:list shows them}. */
    public int unknown(Invocation invocation, String name) {
        String nearest = Texts.nearest(name, names())
                .map(known -> "; did you mean " + known + "? ")
                .orElse("; ");
        return invocation.fail("no " + kind + " " + name + nearest + kind + ":list shows them");
    }

    /** The word that names a new instance. */
    public static String newName(Invocation invocation) throws UsageException {
        String name = invocation.word(0, "NAME");
        if (!Texts.isName(name)) {
            throw new UsageException(name + " cannot be a name (expected: " + Texts.NAME_EXPECTED + ")");
        }
        return name;
    }
}

package org.headgate.commands.kit;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Texts;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.UsageException;

/** The configured instances of one kind, by their files: as a command names, completes and misses them. */
public final class Instances {
    /** The key that switches an instance off. */
    public static final String ENABLED = "enabled";

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

    /** Their kind. */
    public String kind() {
        return kind;
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

    /** Whether an instance is switched on in its file. */
    public boolean isEnabled(String name) {
        return value(name, ENABLED).flatMap(Texts::flag).orElse(true);
    }

    /** Adds to a change what switches an instance on or off; nothing where it is so already. On is what it is without the key. */
    public Change enabled(Change change, String name, boolean on) {
        Optional<String> text = value(name, ENABLED);
        if (text.isEmpty() ? on : text.flatMap(Texts::flag).equals(Optional.of(on))) {
            return change;
        }
        return on ? change.unset(file(name), ENABLED) : change.set(file(name), ENABLED, "false");
    }

    /** The instance that the only word names; where there is none, says so: the command fails then. */
    public Optional<String> only(Invocation invocation) throws UsageException {
        invocation.atMost(1);
        return existing(invocation);
    }

    /** The instance that the first word names; where there is none, says so: the command fails then. */
    public Optional<String> existing(Invocation invocation) throws UsageException {
        String name = invocation.word(0, "NAME");
        if (exists(name)) {
            return Optional.of(name);
        }
        unknown(invocation, name);
        return Optional.empty();
    }

    /** Completion of the first word. */
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? names() : List.of();
    }

    /** Fails: {@code no rule hto; did you mean hot? rule:list shows them}. */
    public int unknown(Invocation invocation, String name) {
        return invocation.fail(none(kind, name, names(), kind + ":list shows them"));
    }

    /** What to say of something that is not there: {@code no device boilr; did you mean boiler? device:list shows them}. */
    public static String none(String what, String name, Collection<String> known, String next) {
        return "no " + what + " " + name
                + Texts.nearest(name, known)
                        .map(word -> "; did you mean " + word + "? ")
                        .orElse("; ")
                + next;
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

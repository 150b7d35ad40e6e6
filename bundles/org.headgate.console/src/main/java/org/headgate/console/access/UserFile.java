package org.headgate.console.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.headgate.console.PrivateFiles;

/**
 * {@code HOME/secrets/keys.properties}: who may log in, and as what. The realm reads it at each login, so a change counts at once; comments
 * and groups stay. Failures are one line for the user. Thread-safe.
 */
public final class UserFile {
    /** The roles, from least to most. */
    static final List<String> ROLES = List.of("viewer", "operator", "admin");
    /** As whom {@code bin/headgate console} logs in. */
    static final String CONSOLE = "admin";

    /** What nobody may be called: the list of revisions has them for changes that no person has made. */
    static final List<String> RESERVED = List.of("editor", "gateway", "drivers");

    /** {@code NAME = KEY, _g_:GROUP, ROLE}, as the realm reads it: blanks may stand anywhere, and groups and roles be many. */
    private static final Pattern ENTRY =
            Pattern.compile("\\s*([^\\s#!=:\\\\]+)\\s*[=:]\\s*([^,\\s]+)\\s*((?:,[^,]*)*)");

    private static final Pattern GROUP = Pattern.compile("_g_\\\\?:(\\w+)s");
    private static final String NO_ROLE = "none";

    private final Path file;

    /**
     * Somebody who may log in.
     *
     * @param role {@code viewer}, {@code operator} or {@code admin}, the highest of them; {@code none} for whoever has none
     */
    record User(String name, String role, PublicKey key) {}

    /** The file in {@code HOME/secrets}. {@link SshKeys} makes it at the first start, which may still be going on. */
    public UserFile(Path secrets) {
        file = secrets.resolve(SshKeys.USERS);
    }

    /** Everybody, by name. */
    synchronized List<User> users() throws IOException {
        return lines().stream()
                .flatMap(line -> user(line).stream())
                .sorted(Comparator.comparing(User::name))
                .toList();
    }

    /** Adds a user. */
    synchronized void add(User user) throws IOException {
        if (users().stream().anyMatch(other -> other.name().equals(user.name()))) {
            throw new IOException(
                    user.name() + ": there is such a user already; user:remove " + user.name() + " first");
        }
        List<String> lines = lines();
        // Before the groups, where a person would look for it.
        int groups = 0;
        while (groups < lines.size() && !lines.get(groups).startsWith("_g_")) {
            groups++;
        }
        lines.add(groups, user.name() + " = " + user.key().blob() + ",_g_:" + user.role() + "s");
        write(lines);
    }

    /** Removes a user; sessions that are open already go on. */
    synchronized User remove(String name) throws IOException {
        List<User> users = users();
        User user = users.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("no user " + name + "; user:list shows them"));
        if (name.equals(CONSOLE)) {
            throw new IOException(name + ": with this key bin/headgate console logs in; it stays");
        }
        if (user.role().equals("admin")
                && users.stream().filter(each -> each.role().equals("admin")).count() == 1) {
            throw new IOException(name + ": the last admin stays; add another one first");
        }
        List<String> lines = lines();
        lines.removeIf(
                line -> user(line).filter(each -> each.name().equals(name)).isPresent());
        write(lines);
        return user;
    }

    private List<String> lines() throws IOException {
        try {
            return new ArrayList<>(Files.readAllLines(file));
        } catch (NoSuchFileException early) {
            throw new IOException("the gateway is still making its keys: try again in a moment", early);
        }
    }

    private void write(List<String> lines) throws IOException {
        PrivateFiles.write(file, String.join("\n", lines) + "\n");
    }

    private static Optional<User> user(String line) {
        Matcher entry = ENTRY.matcher(line);
        return entry.matches()
                ? Optional.of(new User(entry.group(1), role(entry.group(3)), PublicKey.ofBlob(entry.group(2))))
                : Optional.empty();
    }

    /** The highest role among those behind the key. */
    private static String role(String groups) {
        return Stream.of(groups.split(","))
                .map(String::strip)
                .map(group -> GROUP.matcher(group).replaceFirst("$1"))
                .filter(ROLES::contains)
                .max(Comparator.comparing(ROLES::indexOf))
                .orElse(NO_ROLE);
    }
}

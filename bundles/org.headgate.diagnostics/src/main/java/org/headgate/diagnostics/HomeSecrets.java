package org.headgate.diagnostics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.headgate.host.Machine;
import org.headgate.host.PrivateFile;

/**
 * The secrets of a home, those of the gateway itself included: to know what to take out. Read when they are needed, and not kept.
 */
final class HomeSecrets {
    private static final List<String> FOLDERS = List.of("secrets", "var/run");
    /** A line of a key is long; what is shorter in such a file is its frame. */
    private static final int KEY_LINE = 16;

    private HomeSecrets() {}

    /** Each line of each file in {@code HOME/secrets}, and each word of the tokens in {@code HOME/var/run}. */
    static Collection<String> of(Machine home) {
        Set<String> secrets = new TreeSet<>();
        for (String folder : FOLDERS) {
            for (PrivateFile file : PrivateFile.list(home, folder)) {
                boolean token = file.name().startsWith("exec-");
                if (folder.equals("secrets") || token) {
                    home.text(folder + "/" + file.name()).ifPresent(text -> secrets.addAll(lines(text, token)));
                }
            }
        }
        return secrets;
    }

    private static List<String> lines(String text, boolean token) {
        List<String> found = new ArrayList<>();
        boolean key = text.contains("-----BEGIN ") || token;
        for (String line : text.lines().toList()) {
            for (String part : token ? line.split("\\s+") : new String[] {line.strip()}) {
                if (!part.startsWith("-----") && (!key || part.length() >= KEY_LINE)) {
                    found.add(part);
                }
            }
        }
        return found;
    }
}

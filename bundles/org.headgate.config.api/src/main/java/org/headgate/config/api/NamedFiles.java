package org.headgate.config.api;

import java.io.IOException;
import java.util.Optional;

/**
 * The files that settings may name: secrets by {@code @name}, others in {@code HOME/files}. Thread-safe.
 *
 * @param home the folder of the others
 * @param secrets the secrets
 */
public record NamedFiles(HomeFiles home, Secrets secrets) {
    private static final int MOST_BYTES = 1 << 20;

    /** The whole content of a file of at most 1 MiB; empty when there is none of that name, or it leads out of the folder. Blocks. */
    public Optional<byte[]> content(String name) {
        if (name.startsWith("@")) {
            return secrets.content(name);
        }
        try {
            return Optional.of(home.read(name, MOST_BYTES));
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }
}

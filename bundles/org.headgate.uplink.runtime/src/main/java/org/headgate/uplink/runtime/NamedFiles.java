package org.headgate.uplink.runtime;

import java.io.IOException;
import java.util.Optional;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Secrets;

/** The files that settings may name: secrets by {@code @name}, others in {@code HOME/files}. */
record NamedFiles(HomeFiles home, Secrets secrets) {
    private static final int MOST_BYTES = 1 << 20;

    UplinkSettings.Vault vault() {
        return new UplinkSettings.Vault(secrets::resolve, this::content);
    }

    /** Blocks; a name that leads out of the folder finds nothing. */
    private Optional<byte[]> content(String name) {
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

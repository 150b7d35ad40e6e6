package org.headgate.driver.http;

import java.io.IOException;
import java.util.Optional;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Secrets;
import org.headgate.device.api.ActionNeededException;
import org.headgate.device.api.InvalidSettingException;

/** What settings name and do not hold: secrets by {@code @name}, files in {@code HOME/files}. Blocks. */
record Vault(HomeFiles home, Secrets secrets) {
    private static final int MOST_BYTES = 1 << 20;

    /** That a setting names a secret, and does not hold it. */
    static void judge(String key, String value) throws InvalidSettingException {
        if (!value.isEmpty() && !value.matches("@.+")) {
            throw new InvalidSettingException(key, "***", "@name of a secret; secret:set name sets it");
        }
    }

    /**
     * The text of a secret.
     *
     * @throws ActionNeededException when there is none of that name
     */
    String secret(String key, String value) throws IOException {
        char[] text = secrets.resolve(value)
                .orElseThrow(() -> new ActionNeededException(
                        key + " names the secret " + value + ", which there is not",
                        "secret:set " + value.substring(1)));
        String secret = new String(text);
        if (secret.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new ActionNeededException(
                    "the secret " + value + " has characters that HTTP does not carry",
                    "secret:set " + value.substring(1));
        }
        return secret;
    }

    /** A file that a setting of TLS names; one that leads out of the folder is none. */
    Optional<byte[]> file(String name) {
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

package org.headgate.config.api;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The files of {@code HOME/secrets} that settings name as {@code @name}; their text is never shown or logged. What the gateway itself
 * keeps in that folder (the console's keys, tokens) is not among them and cannot be reached from here.
 */
@ProviderType
public interface Secrets {
    /** What a secret's name looks like, for messages. */
    String NAME_EXPECTED = "letters, digits, . _ -, at most 63, beginning with a letter or a digit";

    /** The secret of a setting's value {@code @name}; empty when there is no such secret or the value is clear text. */
    Optional<char[]> resolve(String value);

    /** The whole content of such a file: a key or a certificate, for example; empty as {@link #resolve}. Blocks. */
    Optional<byte[]> content(String value);

    /** The names of the secrets that there are, sorted. */
    List<String> names() throws IOException;

    /**
     * Keeps a secret, durable and readable by its owner only, in place of one of the same name.
     *
     * @param name without the {@code @}
     * @param text one line; the caller clears it
     * @throws IOException with one line for the user when the name or the text cannot be kept
     */
    void set(String name, char[] text) throws IOException;

    /**
     * Keeps a key, a certificate or whatever is more than one line, as {@link #set}.
     *
     * @param content at least one byte; the caller clears it
     */
    void keep(String name, byte[] content) throws IOException;

    /** Deletes a secret; {@code IOException} with one line for the user when there is none. */
    void remove(String name) throws IOException;
}

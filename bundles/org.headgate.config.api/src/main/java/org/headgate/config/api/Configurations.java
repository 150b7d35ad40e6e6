package org.headgate.config.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one writer of the files in {@code HOME/etc}. A change is judged before it is made ({@link Validator}), is made as a whole
 * or not at all, even when the power fails in between, keeps comments and order, makes a {@link Revisions revision}, and has
 * reached the live image (Configuration Admin) when the method returns. Thread-safe; the answers to questions block nobody.
 */
@ProviderType
public interface Configurations {
    /** The names of the files that are read, sorted. */
    List<String> files();

    /** All keys of a file and their values, in the file's order; empty when there is no such file or it is broken. */
    Map<String, String> values(String file);

    /** The whole text of a file, comments included; empty when there is no such file. */
    Optional<String> text(String file);

    /**
     * What a change would be refused for, one line each; empty when it could be made. Problems that are there already are no
     * reason: who mends one mistake of two is let through.
     */
    List<String> problems(Change change);

    /**
     * Makes a change.
     *
     * @throws InvalidChangeException when it would make something wrong that was not wrong before; nothing has changed then
     * @throws IOException when a file cannot be written; nothing has changed then
     */
    Applied change(Change change) throws IOException;

    /** Files that nobody reads and files that could not be read, one line each, saying what to do. */
    List<String> warnings();

    /** The value of a key in a file. */
    default Optional<String> value(String file, String key) {
        return Optional.ofNullable(values(file).get(key));
    }
}

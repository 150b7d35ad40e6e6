package org.headgate.config.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one writer of the files in {@code HOME/etc}. An edit keeps comments and order, is written by temporary file, sync
 * and rename, and has reached the live image (Configuration Admin) when the method returns.
 */
@ProviderType
public interface Configurations {
    /** The names of the files that are read, sorted. */
    List<String> files();

    /** The value of a key in a file. */
    Optional<String> value(String file, String key);

    /** All keys of a file and their values, in the file's order; empty when there is no such file or it is broken. */
    Map<String, String> values(String file);

    /**
     * Changes several keys of a file at once: all of them are written, or none. The file is made where it does not exist.
     *
     * @param changes the new value of each key; empty to take the key out
     * @throws IOException when the file cannot be written; nothing has changed then
     */
    void edit(String file, Map<String, Optional<String>> changes) throws IOException;

    /**
     * Sets a key in a file, which is made where it does not exist.
     *
     * @throws IOException when the file cannot be written; nothing has changed then
     */
    void set(String file, String key, String value) throws IOException;

    /** Takes a key out of a file. */
    void unset(String file, String key) throws IOException;

    /** Deletes a file and thereby its instance. */
    void remove(String file) throws IOException;

    /** Files that nobody reads and files that could not be read, one line each, saying what to do. */
    List<String> warnings();
}

package org.headgate.device.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The drivers of a whole set-up: the files of those that came from files, and the wait until what a set-up wants is installed. For
 * whoever changes many files of {@code HOME/etc} at once, or moves them to another gateway. Thread-safe.
 */
@ProviderType
public interface DriverFiles {
    /**
     * The versions that are kept, as files that {@code driver:install} would take: {@code acme@1.1.0.jar}, or {@code .kar} where a
     * driver has several bundles; sorted.
     */
    List<String> list() throws IOException;

    /** Writes one of these files. */
    void copy(String file, OutputStream to) throws IOException;

    /**
     * Keeps a file without installing what is in it, so that {@code drivers} may name its version. It stays until its owner calls
     * {@link #prune}, and from then on as long as the set-up or a revision names it.
     *
     * @param owner who is about to name it, compared by {@code equals}: several may bring files at once
     * @param file its name, as in {@link #list}; driver and version must be those of the content
     * @param content read by another thread until the stage is complete
     * @return fails with one line for the user where {@code driver:install} would refuse the file
     */
    CompletionStage<Void> keep(Object owner, String file, InputStream content);

    /** Deletes the kept versions that nothing names, now that this owner has named what he has kept, or never will. */
    CompletionStage<Void> prune(Object owner);

    /**
     * Installs what the set-up wants and uninstalls what it does not, where that has not happened yet.
     *
     * @return when it has been tried: what is not as it is wanted, one line each
     */
    CompletionStage<List<String>> settle();
}

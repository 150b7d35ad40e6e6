package org.headgate.system.api;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** Folders outside of the gateway's home: on another disk, for example. */
@ProviderType
public interface Disks {
    /**
     * The files in a folder, which is made where it does not exist; only its owner can read it then.
     *
     * @param folder an absolute path
     * @param requireMount whether it must lie on a file system other than that of the root and that of the gateway's home: now,
     *     and whenever a file in it is made, renamed or deleted later. What is on a disk that is not there is never replaced by a
     *     folder on the card under it
     * @throws IOException when it cannot be used; with one line for the user
     */
    Storage at(String folder, boolean requireMount) throws IOException;
}

package org.headgate.config.api;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Which gateway this is and where its files are. */
@ProviderType
public interface Gateway {
    /** The gateway's identity, made at the first start and kept in {@code headgate.gateway.cfg}. */
    String id();

    /** Headgate's version. */
    String version();

    /** The home folder: {@code etc secrets var files deploy cache} lie in it. */
    Path home();
}

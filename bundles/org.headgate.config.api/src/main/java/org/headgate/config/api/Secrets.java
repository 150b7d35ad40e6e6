package org.headgate.config.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The files of {@code HOME/secrets}. A setting names a secret as {@code @name}; its text is never shown or logged. */
@ProviderType
public interface Secrets {
    /** The secret of a setting's value {@code @name}; empty when there is no such secret or the value is clear text. */
    Optional<char[]> resolve(String value);
}

package org.headgate.features;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Configurations;

/** The one key of {@code headgate.gateway.cfg} that matters here. */
final class MemoryConfigurations implements Configurations {
    String drivers;
    boolean readOnly;

    MemoryConfigurations(String drivers) {
        this.drivers = drivers;
    }

    @Override
    public Optional<String> value(String file, String key) {
        return Optional.ofNullable(drivers)
                .filter(text -> file.equals("headgate.gateway.cfg") && key.equals("drivers"));
    }

    @Override
    public void set(String file, String key, String value) throws IOException {
        if (readOnly) {
            throw new IOException("Read-only file system");
        }
        drivers = value;
    }

    @Override
    public void edit(String file, Map<String, Optional<String>> changes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> values(String file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> files() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unset(String file, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(String file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> warnings() {
        throw new UnsupportedOperationException();
    }
}

package org.headgate.device.runtime;

import java.util.Map;
import java.util.Optional;
import org.headgate.device.api.Driver;
import org.headgate.device.channels.Profile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the profile of a device is found: the user's own by that name, else one that its driver brings with it. */
@FunctionalInterface
interface ProfileSource {
    Logger LOG = LoggerFactory.getLogger(ProfileSource.class);

    /**
     * Finds a profile.
     *
     * @param driver the driver that the device names; empty where its file names none
     */
    Optional<Profile> find(String name, String driver);

    /**
     * A profile that a driver brings with it. As long as the driver is not there nobody knows: then an empty one, so that the device waits for
     * its driver and is read anew when it comes.
     */
    static Optional<Profile> ofDriver(String name, String driver, Optional<Driver> there) {
        if (there.isEmpty()) {
            return driver.isEmpty() ? Optional.empty() : Optional.of(Profile.of(driver, name, Map.of()));
        }
        try {
            return Optional.ofNullable(there.get().profiles().get(name)).map(keys -> Profile.of(driver, name, keys));
        } catch (RuntimeException | LinkageError failure) {
            LOG.error("driver {}: its profiles cannot be read: {}", driver, failure.toString());
            return Optional.empty();
        }
    }
}

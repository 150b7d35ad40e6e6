package org.headgate.device.api.kit;

import java.time.Duration;
import java.util.Map;
import org.headgate.device.api.DeviceSettings;

/** Settings that are others in one thing. */
final class Altered {
    /** What of its time-out a call has that is likely to wait in vain, and the least of it. */
    private static final int SHARE = 4;

    private static final Duration LEAST = Duration.ofMillis(250);

    private Altered() {}

    static DeviceSettings timeout(DeviceSettings settings, Duration timeout) {
        return new DeviceSettings(
                settings.device(), settings.address(), timeout, settings.channels(), settings.options());
    }

    /** A time-out that is over soon: what promises more than it brings is waited for until then, which says nothing more the longer it takes. */
    static DeviceSettings impatient(DeviceSettings settings) {
        Duration share = settings.timeout().dividedBy(SHARE);
        Duration brief = share.compareTo(LEAST) > 0 ? share : LEAST;
        return brief.compareTo(settings.timeout()) < 0 ? timeout(settings, brief) : settings;
    }

    /** With an option that no driver knows, in place of all others. */
    static DeviceSettings odd(DeviceSettings settings) {
        return new DeviceSettings(
                settings.device(),
                settings.address(),
                settings.timeout(),
                settings.channels(),
                Map.of("no-such-option", "1"));
    }
}

package org.headgate.driver.mqtt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.device.api.InvalidSettingException;

/** Mistakes of settings that libraries tell as {@code key: value (expected: ...)}. */
final class Settings {
    private static final Pattern MISTAKE = Pattern.compile("([a-z.-]+): (.*) \\(expected: (.*)\\)", Pattern.DOTALL);

    private Settings() {}

    static InvalidSettingException invalid(IllegalArgumentException mistake) {
        Matcher parts = MISTAKE.matcher(String.valueOf(mistake.getMessage()));
        return parts.matches()
                ? new InvalidSettingException(
                        parts.group(1), parts.group(2).equals("null") ? "" : parts.group(2), parts.group(3))
                : new InvalidSettingException("address", "", mistake.getMessage());
    }
}

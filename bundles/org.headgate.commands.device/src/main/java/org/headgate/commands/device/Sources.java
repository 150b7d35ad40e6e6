package org.headgate.commands.device;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.headgate.device.api.EffectiveSetting;

/** Who says a setting, as users see it. */
final class Sources {
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|passphrase|secret|token|pin)");

    private Sources() {}

    /** Its value; what ought to be a secret's name but is clear text is not shown. */
    static String value(EffectiveSetting setting) {
        boolean shown = setting.value().startsWith("@")
                || !SECRET.matcher(setting.key()).matches();
        return shown ? setting.value() : "(not shown)";
    }

    /** {@code file}, {@code profile}, {@code driver}, {@code default}, the strongest first. */
    static List<String> words(EffectiveSetting setting) {
        return setting.origins().stream()
                .map(origin -> origin.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}

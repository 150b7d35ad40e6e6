package org.headgate.commands.device;

import java.util.List;
import java.util.Locale;
import org.headgate.config.api.SecretKeys;
import org.headgate.device.api.EffectiveSetting;

/** Who says a setting, as users see it. */
final class Sources {
    private Sources() {}

    /** Its value; what ought to be a secret's name but is clear text is not shown. */
    static String value(EffectiveSetting setting) {
        return SecretKeys.shown(setting.key(), setting.value());
    }

    /** {@code file}, {@code profile}, {@code driver}, {@code default}, the strongest first. */
    static List<String> words(EffectiveSetting setting) {
        return setting.origins().stream()
                .map(origin -> origin.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}

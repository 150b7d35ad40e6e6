package org.headgate.uplink.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.config.api.Texts;
import org.headgate.uplink.api.UnknownKeyException;

/** The keys that every uplink may have, whatever its transport and its format. */
final class UplinkKeys {
    private static final Set<String> ALL = all();

    private UplinkKeys() {}

    /** What a transport or a format has against an uplink, in one line; a key that it does not know may be a mistyped one of these. */
    static String line(IllegalArgumentException wrong) {
        if (!(wrong instanceof UnknownKeyException unknown)) {
            return String.valueOf(wrong.getMessage());
        }
        Set<String> known = new TreeSet<>(ALL);
        known.addAll(unknown.known());
        return unknown.getMessage() + Texts.meant(unknown.key(), known);
    }

    /** What is asked of a file that has nothing. */
    private static Set<String> all() {
        Settings nothing = new Settings(Map.of());
        UplinkSettings.of(new Instance("any", "", nothing, Optional.empty()), "any", UplinkSettings.Vault.EMPTY);
        return nothing.known();
    }
}

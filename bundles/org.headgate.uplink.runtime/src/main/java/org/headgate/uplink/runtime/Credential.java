package org.headgate.uplink.runtime;

import java.util.Optional;
import java.util.function.Function;
import org.headgate.config.api.Settings;
import org.headgate.uplink.api.LinkSettings;

/**
 * What proves an uplink's identity by a password or a token; looked up anew for each connection, so one that was renewed needs no restart.
 *
 * @param key {@code password} or {@code token}
 * @param reference {@code @name}; empty for none
 * @param secrets finds what it names
 */
record Credential(String key, Optional<String> reference, Function<String, Optional<char[]>> secrets) {
    static Credential of(Settings keys, Function<String, Optional<char[]>> secrets) {
        Optional<String> token = keys.text("token");
        Optional<String> password = keys.text("password");
        if (token.isPresent() && password.isPresent()) {
            keys.wrong("token", "either password or token");
        }
        return token.isPresent()
                ? new Credential("token", token, secrets)
                : new Credential("password", password, secrets);
    }

    /** Why it cannot be used, whatever the secrets are; a password that stands in the file is not repeated. */
    Optional<String> problem() {
        return reference
                .filter(text -> !text.startsWith("@") || text.length() == 1)
                .map(text -> key + ": " + (text.startsWith("@") ? text : "***")
                        + " (expected: @name of a file in HOME/secrets; clear text is refused)");
    }

    /** Settings with the credential as it is now; empty while it is not set. */
    Optional<LinkSettings> in(LinkSettings link) {
        return reference.isEmpty()
                ? Optional.of(link)
                : reference.flatMap(secrets).map(link::withPassword);
    }

    /** Settings with something in its place, for a judgement before it is set. */
    LinkSettings assumed(LinkSettings link) {
        return reference.map(text -> link.withPassword(text.toCharArray())).orElse(link);
    }

    /** What to do when it is not set. */
    String missing() {
        String name = reference.orElse("@").substring(1);
        return key + ": no secret " + name + " (secret:set " + name + " sets it)";
    }
}

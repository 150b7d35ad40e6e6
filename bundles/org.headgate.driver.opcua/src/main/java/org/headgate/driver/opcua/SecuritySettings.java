package org.headgate.driver.opcua;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.headgate.config.api.Texts;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;

/**
 * What a device's file says about security.
 *
 * @param device the device's name, for what is to be typed
 * @param host the server's host as the address has it
 * @param mode what a channel must do
 * @param policy how it does it; empty for the strongest that both sides know and nobody has broken
 * @param login who we are to the server
 * @param trusted the server's certificates that a person has decided to trust
 * @param tolerated what may be wrong with them
 * @param loginUnencrypted whether a password may go where anybody on the way can read it
 */
record SecuritySettings(
        String device,
        String host,
        Mode mode,
        Optional<SecurityPolicy> policy,
        Login login,
        List<Fingerprint> trusted,
        Set<Flaw> tolerated,
        boolean loginUnencrypted) {
    /** What a secure channel must do (Part 4, 7.20). */
    enum Mode {
        /** Encrypt where the server can, at least sign. Never nothing: that must be written. */
        AUTO,
        NONE,
        SIGN,
        SIGN_AND_ENCRYPT;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What may be wrong with a certificate that is trusted all the same (Part 4, 6.1.3: the errors that may be suppressed). */
    enum Flaw {
        /** Expired, or not valid yet. */
        DATES,
        /** Made for another host. */
        HOST,
        /** Made for another application than the server says it is. */
        URI;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The keys of a device's file that are read here, with what counts where they are missing. */
    static final Map<String, String> DEFAULTS;

    private static final String AUTO = "auto";

    static {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("security", AUTO);
        defaults.put("policy", AUTO);
        defaults.put("user", "");
        defaults.put("password", "");
        defaults.put("certificate", "");
        defaults.put("certificate.password", "");
        defaults.put("trust", "");
        defaults.put("tolerate", "");
        defaults.put("unencrypted-login", "false");
        DEFAULTS = Collections.unmodifiableMap(defaults);
    }

    static SecuritySettings of(DeviceSettings settings) throws InvalidSettingException {
        Map<String, String> options = settings.options();
        Mode mode = mode(options.getOrDefault("security", AUTO));
        Optional<SecurityPolicy> policy = policy(options.getOrDefault("policy", AUTO), mode);
        String unencrypted = options.getOrDefault("unencrypted-login", "false");
        return new SecuritySettings(
                settings.device(),
                host(settings.address()),
                mode,
                policy,
                Login.of(options),
                trusted(options.getOrDefault("trust", "")),
                tolerated(options.getOrDefault("tolerate", "")),
                Texts.flag(unencrypted)
                        .orElseThrow(
                                () -> new InvalidSettingException("unencrypted-login", unencrypted, "true or false")));
    }

    /** Without brackets, as certificates have an address of IPv6. */
    private static String host(String address) {
        String host = EndpointUtil.getHost(address);
        return host == null ? "" : host.replaceAll("[\\[\\]]", "");
    }

    private static Mode mode(String word) throws InvalidSettingException {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidSettingException("security", word, "auto, none, sign or sign-and-encrypt"));
    }

    private static Optional<SecurityPolicy> policy(String word, Mode mode) throws InvalidSettingException {
        if (word.equals(AUTO)) {
            return Optional.empty();
        }
        SecurityPolicy policy = Arrays.stream(SecurityPolicy.values())
                .filter(one -> one.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(
                        "policy",
                        word,
                        "auto, "
                                + Arrays.stream(SecurityPolicy.values())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))));
        if (policy == SecurityPolicy.None && mode != Mode.NONE) {
            // One line less to find for who reviews the set-up later: what is open says so by the same key everywhere.
            throw new InvalidSettingException("policy", word, "security = none beside it, or another policy");
        }
        if (policy != SecurityPolicy.None && mode == Mode.NONE) {
            throw new InvalidSettingException("policy", word, "auto or None, as security = none is beside it");
        }
        return Optional.of(policy);
    }

    private static List<Fingerprint> trusted(String text) throws InvalidSettingException {
        List<Fingerprint> all = new ArrayList<>();
        for (String one : Texts.list(text)) {
            all.add(Fingerprint.parse(one)
                    .orElseThrow(() -> new InvalidSettingException("trust", one, Fingerprint.EXPECTED)));
        }
        return List.copyOf(all);
    }

    /** The flaws that a list of words names. */
    static Set<Flaw> tolerated(String text) throws InvalidSettingException {
        Set<Flaw> all = EnumSet.noneOf(Flaw.class);
        for (String one : Texts.list(text)) {
            all.add(Arrays.stream(Flaw.values())
                    .filter(flaw -> flaw.word().equals(one))
                    .findFirst()
                    .orElseThrow(() -> new InvalidSettingException("tolerate", one, "dates, host or uri")));
        }
        return all;
    }
}

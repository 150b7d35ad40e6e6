package org.headgate.driver.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.headgate.config.api.SecretKeys;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.messages.MessageDecoder;
import org.headgate.messages.MessageEncoder;
import org.headgate.tls.TlsSettings;

/**
 * A device that is asked, as its file says it.
 *
 * @param user for Basic (RFC 7617); empty for none
 * @param password the secret's name
 * @param token the name of the secret for Bearer (RFC 6750); empty for none
 * @param headers the user's own header fields; {@code @name} stands for a secret
 * @param redirects how many are followed
 * @param writes how channels are written, by their names
 */
record PollSettings(
        Endpoint endpoint,
        Duration timeout,
        String user,
        String password,
        String token,
        Map<String, String> headers,
        int redirects,
        TlsSettings tls,
        Map<String, Writing> writes,
        MessageDecoder decoder) {
    /**
     * How a channel is written.
     *
     * @param path with {@code {}} where the value stands
     */
    record Writing(String path, String method, String type, MessageEncoder body) {}

    private static final List<String> METHODS = List.of("PUT", "POST", "PATCH");
    private static final long MOST_REDIRECTS = 5;
    private static final String FIELD_NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    /** Those that say where a request ends, or that follow from other keys. */
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "accept-encoding",
            "if-none-match");

    static PollSettings parse(DeviceSettings settings, Vault vault) throws InvalidSettingException {
        Map<String, String> options = settings.options();
        Keys.judge(settings, false);
        Endpoint endpoint = Endpoint.parse(settings.address());
        String user = options.getOrDefault("user", "");
        String password = options.getOrDefault("password", "");
        String token = options.getOrDefault("token", "");
        Vault.judge("password", password);
        Vault.judge("token", token);
        if (user.isEmpty() != password.isEmpty()) {
            throw new InvalidSettingException(
                    user.isEmpty() ? "user" : "password", "", "user and password, both or none");
        }
        if (user.contains(":") || user.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidSettingException("user", user, "a name without a colon (RFC 7617)");
        }
        if (!user.isEmpty() && !token.isEmpty()) {
            throw new InvalidSettingException("token", token, "either user and password, or token");
        }
        String redirects = options.getOrDefault("redirects", "0");
        int follow = Texts.number(redirects)
                .filter(count -> count >= 0 && count <= MOST_REDIRECTS)
                .orElseThrow(() -> new InvalidSettingException("redirects", redirects, "from 0 to " + MOST_REDIRECTS))
                .intValue();
        return new PollSettings(
                endpoint,
                settings.timeout(),
                user,
                password,
                token,
                headers(options, !user.isEmpty() || !token.isEmpty()),
                follow,
                tls(endpoint, options, vault),
                writes(settings),
                Keys.decoder(settings));
    }

    private static Map<String, String> headers(Map<String, String> options, boolean authorized)
            throws InvalidSettingException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, String> option : options.entrySet()) {
            String key = option.getKey();
            if (!key.startsWith(Keys.HEADER)) {
                continue;
            }
            String name = key.substring(Keys.HEADER.length());
            String lower = name.toLowerCase(Locale.ROOT);
            if (!name.matches(FIELD_NAME) || OURS.contains(lower)) {
                throw new InvalidSettingException(key, option.getValue(), "a header field that is not Headgate's own");
            }
            if (lower.equals("authorization") && authorized) {
                throw new InvalidSettingException(key, "***", "nothing, beside user or token");
            }
            boolean secret = lower.equals("authorization") || lower.equals("cookie") || SecretKeys.isSecret(key);
            if (secret) {
                Vault.judge(key, option.getValue());
            }
            if (option.getValue().chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw new InvalidSettingException(key, option.getValue(), "ASCII without control characters");
            }
            headers.put(name, option.getValue());
        }
        return headers;
    }

    private static TlsSettings tls(Endpoint endpoint, Map<String, String> options, Vault vault)
            throws InvalidSettingException {
        for (String key : TlsSettings.KEYS) {
            if (options.containsKey(key) && !endpoint.tls()) {
                throw new InvalidSettingException(key, options.get(key), "an address with https://");
            }
        }
        try {
            return TlsSettings.of(options, vault::file);
        } catch (IllegalArgumentException wrong) {
            String key = wrong.getMessage().split(":", 2)[0];
            String text = wrong.getMessage();
            throw new InvalidSettingException(
                    key,
                    SecretKeys.shown(key, options.getOrDefault(key, "")),
                    text.substring(text.indexOf("(expected: ") + "(expected: ".length(), text.length() - 1));
        }
    }

    private static Map<String, Writing> writes(DeviceSettings settings) throws InvalidSettingException {
        Map<String, Writing> writes = new LinkedHashMap<>();
        Map<String, String> options = settings.options();
        String type = options.getOrDefault("write.type", "application/json");
        if (!type.matches("[!-~]+(?:; ?[!-~]+)*")) {
            throw new InvalidSettingException("write.type", type, "a media type such as application/json");
        }
        for (Channel channel : settings.channels()) {
            if (!channel.access().canWrite()) {
                continue;
            }
            String key = "channel." + channel.name();
            String path = channel.options().getOrDefault("write", options.getOrDefault("write", ""));
            String method = channel.options().getOrDefault("method", options.getOrDefault("write.method", "PUT"));
            if (!path.matches("/[!-~]*")) {
                throw new InvalidSettingException(
                        channel.options().containsKey("write") ? key : "write", path, "a path such as /set/{channel}");
            }
            if (!METHODS.contains(method)) {
                throw new InvalidSettingException(
                        channel.options().containsKey("method") ? key : "write.method",
                        method,
                        "one of " + String.join(", ", METHODS));
            }
            writes.put(
                    channel.name(),
                    new Writing(
                            path.replace("{channel}", channel.name()), method, type, Keys.encoder(channel, settings)));
        }
        return writes;
    }
}

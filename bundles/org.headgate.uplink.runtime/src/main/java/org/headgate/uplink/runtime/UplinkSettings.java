package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.outbox.api.Priority;
import org.headgate.uplink.api.LinkSettings;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.TimeUnitName;
import org.headgate.uplink.api.Transport;

/**
 * One uplink's file, read.
 *
 * @param name the uplink's name
 * @param transport the name of its transport
 * @param enabled whether it is switched on
 * @param format the name of its payload format
 * @param feeds what it carries, by priority
 * @param routes where the messages go
 * @param sending how they are sent
 * @param remote what it takes in
 * @param payload what the format gets to know
 * @param link what the transport gets to know, the password left out
 * @param credential what names the password
 * @param invalid why it cannot work; empty when it can
 */
record UplinkSettings(
        String name,
        String transport,
        boolean enabled,
        String format,
        Map<Priority, Feed> feeds,
        Routes routes,
        Sending sending,
        Remote remote,
        PayloadSettings payload,
        LinkSettings link,
        Credential credential,
        Optional<String> invalid) {
    private static final int MOST_IN_FLIGHT = 1000;

    /** Where the text of secrets and the content of files come from. */
    record Vault(Function<String, Optional<char[]>> secrets, Function<String, Optional<byte[]>> files) {
        /** Knows no secret and no file. */
        static final Vault EMPTY = new Vault(name -> Optional.empty(), name -> Optional.empty());
    }

    static UplinkSettings of(Instance instance, String gateway, Vault vault) {
        Settings keys = instance.settings();
        String transport = keys.text("transport").orElse("mqtt");
        String address = keys.required("address", "the server, for example mqtt://127.0.0.1:1883");
        String format = keys.text("format").orElse("json");
        boolean enabled = keys.flag("enabled", true);
        Map<Priority, Feed> feeds = Feed.of(keys);
        Routes routes = Routes.of(keys, gateway);
        Sending sending = Sending.of(keys);
        Remote remote = Remote.of(keys, gateway, instance.name());
        PayloadSettings payload =
                new PayloadSettings(instance.name(), gateway, timeUnit(keys), keys.prefixed(format + "."));
        Credential credential = Credential.of(keys, vault.secrets());
        Duration timeout = keys.duration("timeout", Duration.ofMillis(100), Duration.ofSeconds(5));
        int inFlight = (int) keys.number("inflight", 1, MOST_IN_FLIGHT, 20);
        String user = keys.text("user").orElse("");
        LinkSettings link = new LinkSettings(
                instance.name(),
                gateway,
                address,
                timeout,
                inFlight,
                user,
                new char[0],
                keys.rest(),
                Optional.empty(),
                vault.files());
        return new UplinkSettings(
                instance.name(),
                transport,
                enabled,
                format,
                feeds,
                routes,
                sending,
                remote,
                payload,
                link,
                credential,
                instance.invalid().or(credential::problem));
    }

    private static TimeUnitName timeUnit(Settings keys) {
        return switch (keys.choice("time.unit", List.of("ms", "us", "ns"))) {
            case "us" -> TimeUnitName.US;
            case "ns" -> TimeUnitName.NS;
            default -> TimeUnitName.MS;
        };
    }

    /** The streams that it carries, of whatever priority. */
    List<String> streams() {
        return feeds.values().stream()
                .flatMap(feed -> feed.streams().stream())
                .filter(name -> !name.startsWith("!"))
                .distinct()
                .toList();
    }

    /** What is not there, when it is not the transport it is the format. */
    String missing(Optional<Transport> found) {
        return "no bundle offers the " + (found.isEmpty() ? "transport " + transport : "format " + format);
    }

    /** Lets the format judge what concerns it; throws {@link IllegalArgumentException} with what is wrong. */
    void check(PayloadFormat as) {
        as.check(payload);
        if (sending.gzip() && !as.mayBeCompressed()) {
            throw new IllegalArgumentException(
                    "gzip: true (expected: false; the format " + format + " knows no compression)");
        }
    }
}

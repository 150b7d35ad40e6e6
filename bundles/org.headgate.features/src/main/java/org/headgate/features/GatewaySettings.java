package org.headgate.features;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Settings;

/**
 * The keys of {@code headgate.gateway.cfg}. Most of them are read again by whoever needs them, which must stand here, so that no known key
 * is taken for a mistake: the identity by the configuration's loader, the port by the launcher, the limits by the command router, the
 * clock's setting by the clock, the simulation by the devices, the drivers when it is their turn.
 *
 * @param consolePort where the console listens on the loopback interface
 * @param broker whether the embedded broker is wanted
 * @param wishes the wanted drivers
 */
record GatewaySettings(long consolePort, boolean broker, Wishes wishes) {
    static final String FILE = FileName.GATEWAY;
    static final String DRIVERS = "drivers";

    static final String CONSOLE_PORT = "console.port";
    /** What is below is for root only, and a gateway is not. */
    static final int LEAST_PORT = 1024;

    static final int LARGEST_PORT = 65_535;

    private static final String BROKER = "broker";
    private static final int DEFAULT_CONSOLE_PORT = 8101;
    /** It becomes a level of MQTT topics, where + # / mean something else. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]+");

    private static final Pattern RATE = Pattern.compile("[1-9]\\d{0,5}\\s*/\\s*(s|m|h)");

    /** Reads every key; what is wrong is noted in the settings. */
    static GatewaySettings of(Settings settings) {
        text(settings, "id", ID, "letters, digits, . _ -");
        long consolePort = settings.number(CONSOLE_PORT, LEAST_PORT, LARGEST_PORT, DEFAULT_CONSOLE_PORT);
        text(settings, "command.rate", RATE, "a rate such as 10/s, 30/m or 100/h");
        settings.number("command.burst", 1, 100_000, 20);
        settings.choice("clock", List.of("auto", "kernel", "trusted"));
        settings.text("simulate");
        settings.text("simulate.recording");
        Wishes wishes = Wishes.parse(settings.text(DRIVERS));
        if (!wishes.wrong().isEmpty()) {
            settings.wrong(DRIVERS, Wishes.EXPECTED);
        }
        return new GatewaySettings(consolePort, settings.flag(BROKER, false), wishes);
    }

    private static void text(Settings settings, String key, Pattern pattern, String expected) {
        Optional<String> text = settings.text(key).map(String::strip);
        if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
            settings.wrong(key, expected);
        }
    }
}

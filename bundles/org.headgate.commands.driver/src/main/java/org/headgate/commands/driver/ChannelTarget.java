package org.headgate.commands.driver;

import org.headgate.config.api.Texts;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;

/**
 * Which channels a command is about, and in which CSV file below {@code HOME/files}.
 *
 * @param kind {@code profile} or {@code device}
 * @param name its name
 * @param csv the CSV file
 */
record ChannelTarget(String kind, String name, String csv) {
    private static final String DEVICE = "device";
    private static final String SUFFIX = ".csv";

    /** How a command is called that is about such a target. */
    static Signature signature(String id, String description) {
        return Signature.of(id, description)
                .words("[NAME] FILE.csv")
                .option("--device DEVICE", "the channels in a device's own file, in place of a profile's");
    }

    /** Reads {@code NAME FILE.csv} or {@code --device DEVICE FILE.csv}. */
    static ChannelTarget of(Invocation invocation) throws UsageException {
        boolean device = invocation.option("--device").isPresent();
        String name = device
                ? invocation.option("--device").get()
                : invocation.word(0, "NAME of a profile, or --device DEVICE");
        String csv = invocation.word(device ? 0 : 1, "FILE.csv");
        invocation.atMost(device ? 1 : 2);
        if (!Texts.isName(name)) {
            throw new UsageException(name + " cannot be a name (expected: " + Texts.NAME_EXPECTED + ")");
        }
        if (!csv.endsWith(SUFFIX)) {
            throw new UsageException(csv + " (expected: a file whose name ends in " + SUFFIX + ")");
        }
        return new ChannelTarget(device ? DEVICE : "profile", name, csv);
    }

    /** Whether it is a device's file. */
    boolean isDevice() {
        return kind.equals(DEVICE);
    }

    /** The configuration file. */
    String file() {
        return isDevice() ? ChannelFiles.ofDevice(name) : ChannelFiles.ofProfile(name);
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}

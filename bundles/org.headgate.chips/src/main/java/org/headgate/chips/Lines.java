package org.headgate.chips;

import java.io.IOException;
import java.util.List;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/** The lines of a port expander, as bits: which are outputs, which are active low, and how they become values. */
final class Lines {
    /** Its outputs; all others are inputs. */
    static final String OUTPUTS = "outputs";
    /** The lines that are true when they are low. */
    static final String ACTIVE_LOW = "active-low";

    private final List<String> names;
    private final int outputs;
    private final int activeLow;

    Lines(List<String> names, Setup setup) throws InvalidSettingException {
        this.names = names;
        this.outputs = setup.lines(OUTPUTS, names);
        this.activeLow = setup.lines(ACTIVE_LOW, names);
    }

    static List<Channel> channels(List<String> names) {
        return names.stream()
                .map(name -> KnownChip.channel(name, Type.BOOLEAN, "", Access.READ_WRITE))
                .toList();
    }

    int outputs() {
        return outputs;
    }

    int inputs() {
        return ~outputs & (1 << names.size()) - 1;
    }

    int activeLow() {
        return activeLow;
    }

    /**
     * Hands out levels.
     *
     * @param levels a bit a line, 1 for high
     */
    void report(int levels, List<Channel> channels, Readings into) {
        for (int i = 0; i < channels.size(); i++) {
            int line = names.indexOf(channels.get(i).source());
            if (line < 0) {
                into.bad(i, "no such source");
            } else {
                into.set(i, ((levels ^ activeLow) >> line & 1) != 0);
            }
        }
    }

    /**
     * The levels with one line set.
     *
     * @throws IOException when that line is no output
     */
    int with(int levels, Channel channel, Object value) throws IOException {
        int line = names.indexOf(channel.source());
        if (line < 0 || (outputs >> line & 1) == 0) {
            throw new IOException(channel.source() + " is an input (" + OUTPUTS + " = " + channel.source()
                    + " in the device's file makes it an output)");
        }
        int bit = 1 << line;
        boolean high = Values.flag(channel, value) ^ (activeLow & bit) != 0;
        return high ? levels | bit : levels & ~bit;
    }
}
